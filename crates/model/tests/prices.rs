//! The price book of us-east-1 as it is committed, and the format on any text.
//!
//! Numbers here were counted and transcribed by hand from the figures that the book was made
//! from: the book is checked against them, not against its own maker.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail as tests do"
)]

use berth_model::date::Date;
use berth_model::money::Rate;
use berth_model::platform::{Arch, Os};
use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::{
    Adjacent, Ec2Column, FargateDimension, Grade, InstanceType, PriceBook, Quote, Statistic,
};
use berth_model::purchase::PriceKind;
use proptest::prelude::*;

fn book() -> PriceBook {
    PriceBook::parse(US_EAST_1).unwrap()
}

fn kind(id: &str) -> PriceKind {
    PriceKind::from_id(id).unwrap()
}

fn column<'b>(book: &'b PriceBook, os: Os, id: &str) -> &'b Ec2Column {
    book.ec2_column(os, kind(id)).unwrap()
}

fn instance<'b>(book: &'b PriceBook, name: &str) -> &'b InstanceType {
    &book.types[book.type_index(name).unwrap()]
}

fn ec2(book: &PriceBook, os: Os, id: &str, name: &str) -> Option<Quote> {
    column(book, os, id).quote(book.type_index(name).unwrap())
}

fn date(book: &PriceBook, quote: Quote) -> String {
    book.source(quote.source).unwrap().date_text()
}

#[test]
fn the_book_holds_what_was_counted_in_its_figures() {
    let book = book();
    assert_eq!(&*book.region, "us-east-1");
    assert_eq!(book.types.len(), 701);
    for (os, id, count) in [
        (Os::Linux, "on_demand", 701),
        (Os::Linux, "spot", 623),
        (Os::Linux, "ri_1y_no_upfront", 446),
        (Os::Linux, "ri_1y_partial_upfront", 1),
        (Os::Linux, "ri_3y_no_upfront", 2),
        (Os::Linux, "ri_3y_partial_upfront", 1),
        (Os::Linux, "compute_sp_1y_no_upfront", 2),
        (Os::Linux, "compute_sp_3y_no_upfront", 1),
        (Os::Linux, "commit_1y_no_upfront", 52),
        (Os::Windows, "on_demand", 320),
        (Os::Windows, "ri_1y_no_upfront", 278),
        (Os::Windows, "ri_3y_no_upfront", 1),
    ] {
        let quotes = &column(&book, os, id).quotes;
        assert_eq!(quotes.len(), 701);
        assert_eq!(quotes.iter().flatten().count(), count, "{} {id}", os.id());
    }
    assert_eq!(book.ec2.len(), 12);
    assert_eq!(book.fargate.len(), 23);
    assert_eq!(book.adjacent.len(), 9);
    assert_eq!(book.managed_fees.len(), 6);
    // Families that Managed Instances do not list: c6gn, c9g, c9gd, g7, p3, r8i, r8i-flex, trn1n.
    let unlisted = |family: &str| {
        let unlisted = [
            "c6gn", "c9g", "c9gd", "g7", "p3", "r8i", "r8i-flex", "trn1n",
        ];
        unlisted.contains(&family)
    };
    for known in &book.types {
        let small = known.vcpu == 1 || matches!(known.size(), "nano" | "micro");
        assert_eq!(
            known.managed_instances,
            !unlisted(known.family()) && !small,
            "{}",
            known.name
        );
    }
}

#[test]
fn ec2_prices_stand_as_their_sources_print_them() {
    let book = book();
    for (name, os, id, usd, day) in [
        ("m7g.large", Os::Linux, "on_demand", "0.0816", "2026-07-20"),
        ("m5.large", Os::Linux, "on_demand", "0.096", "2026-07-20"),
        ("c6g.medium", Os::Linux, "on_demand", "0.034", "2026-07-20"),
        ("t3.medium", Os::Linux, "on_demand", "0.0416", "2026-07-20"),
        ("g4dn.xlarge", Os::Linux, "on_demand", "0.526", "2026-07-20"),
        ("c5.metal", Os::Linux, "on_demand", "4.08", "2026-02-07"),
        ("p5.48xlarge", Os::Linux, "on_demand", "55.04", "2026-07-20"),
        ("m5.large", Os::Windows, "on_demand", "0.188", "2025-06-13"),
        ("r5.large", Os::Linux, "on_demand", "0.126", "2026-07-20"),
        (
            "m7g.large",
            Os::Linux,
            "ri_1y_no_upfront",
            "0.054",
            "2025-06-13",
        ),
        (
            "m7g.large",
            Os::Linux,
            "compute_sp_3y_no_upfront",
            "0.0414",
            "2026-10-01",
        ),
        (
            "m6a.xlarge",
            Os::Linux,
            "ri_3y_partial_upfront",
            "0.072591",
            "2026-10-01",
        ),
        (
            "m6a.xlarge",
            Os::Linux,
            "ri_1y_no_upfront",
            "0.11431",
            "2026-10-01",
        ),
        (
            "m6a.2xlarge",
            Os::Linux,
            "ri_1y_no_upfront",
            "0.22861",
            "2026-10-01",
        ),
        ("g6e.xlarge", Os::Linux, "spot", "1.8384", "2026-10-05"),
        (
            "g6e.xlarge",
            Os::Linux,
            "commit_1y_no_upfront",
            "1.28967",
            "2026-10-05",
        ),
    ] {
        let quote = ec2(&book, os, id, name).unwrap();
        assert_eq!(quote.rate, Rate::parse(usd).unwrap(), "{name} {id}");
        assert_eq!(date(&book, quote), day, "{name} {id}");
        assert_eq!(book.source(quote.source).unwrap().grade, Grade::Quoted);
    }
}

#[test]
fn fargate_and_adjacent_prices_stand_as_their_sources_print_them() {
    let book = book();
    for (os, arch, id, dimension, usd) in [
        (
            Os::Linux,
            Arch::X86,
            "on_demand",
            FargateDimension::Vcpu,
            "0.04048",
        ),
        (
            Os::Linux,
            Arch::X86,
            "on_demand",
            FargateDimension::Memory,
            "0.004445",
        ),
        (
            Os::Linux,
            Arch::X86,
            "spot",
            FargateDimension::Vcpu,
            "0.01288561",
        ),
        (
            Os::Linux,
            Arch::Arm,
            "on_demand",
            FargateDimension::Vcpu,
            "0.03238",
        ),
        (
            Os::Linux,
            Arch::Arm,
            "on_demand",
            FargateDimension::Ephemeral,
            "0.000111",
        ),
        (
            Os::Linux,
            Arch::X86,
            "compute_sp_3y_no_upfront",
            FargateDimension::Memory,
            "0.00244475",
        ),
        (
            Os::Windows,
            Arch::X86,
            "on_demand",
            FargateDimension::Vcpu,
            "0.046552",
        ),
        (
            Os::Windows,
            Arch::X86,
            "on_demand",
            FargateDimension::OsLicense,
            "0.046",
        ),
    ] {
        let quote = book.fargate(os, arch, kind(id), dimension).unwrap();
        assert_eq!(
            quote.rate,
            Rate::parse(usd).unwrap(),
            "{id} {}",
            dimension.id()
        );
    }
    // All upfront on Fargate: no memory rate was found, so there is none.
    let all_upfront = kind("compute_sp_1y_all_upfront");
    let of = |dimension| book.fargate(Os::Linux, Arch::X86, all_upfront, dimension);
    assert!(of(FargateDimension::Vcpu).is_some());
    assert_eq!(of(FargateDimension::Memory), None);
    for (item, usd) in [
        (Adjacent::EbsGp3Storage, "0.08"),
        (Adjacent::PublicIpv4, "0.005"),
        (Adjacent::NatGatewayHour, "0.045"),
        (Adjacent::AlbLcu, "0.008"),
        (Adjacent::CrossAzData, "0.01"),
    ] {
        let quote = book.adjacent(item).unwrap();
        assert_eq!(quote.rate, Rate::parse(usd).unwrap(), "{}", item.id());
    }
}

#[test]
fn task_limits_follow_the_ecs_table_and_its_gaps() {
    let book = book();
    for (name, without, with, grade) in [
        ("m5.large", 2, Some(10), Grade::Quoted),
        ("c6g.medium", 1, Some(4), Grade::Quoted),
        ("g5.2xlarge", 3, Some(19), Grade::Quoted),
        // Burstable and p3: no row, so no trunking; interfaces less one.
        ("t3.medium", 2, None, Grade::Derived),
        ("t4g.nano", 1, None, Grade::Derived),
        ("p3.2xlarge", 3, None, Grade::Derived),
        // Named as unable to trunk.
        ("g4dn.xlarge", 2, None, Grade::Derived),
        ("c5.metal", 14, None, Grade::Derived),
        ("p3dn.24xlarge", 14, None, Grade::Derived),
    ] {
        let eni = instance(&book, name).eni;
        assert_eq!(eni.without_trunking, without, "{name}");
        assert_eq!(eni.with_trunking, with, "{name}");
        assert_eq!(book.source(eni.source).unwrap().grade, grade, "{name}");
    }
    // 19 types with a blank in the table, 3 of p3, 21 burstable: 43 cannot trunk.
    let cannot = |known: &&InstanceType| known.eni.with_trunking.is_none();
    assert_eq!(book.types.iter().filter(cannot).count(), 43);
}

#[test]
fn fees_follow_the_letters_of_the_family() {
    let book = book();
    for (name, ratio, grade) in [
        ("m5.large", "0.12", Grade::Quoted),
        ("t3.medium", "0.12", Grade::Quoted),
        ("g4dn.xlarge", "0.078", Grade::Quoted),
        ("g6e.xlarge", "0.078", Grade::Quoted),
        ("gr6.4xlarge", "0.078", Grade::Quoted),
        ("gr6f.4xlarge", "0.078", Grade::Quoted),
        ("p5en.48xlarge", "0.048", Grade::Derived),
        ("p6-b200.48xlarge", "0.048", Grade::Derived),
        ("trn1n.32xlarge", "0.048", Grade::Derived),
        ("inf2.xlarge", "0.12", Grade::Assumed),
    ] {
        let fee = book.managed_fee(instance(&book, name)).unwrap();
        assert_eq!(fee.rate, Rate::parse(ratio).unwrap(), "{name}");
        let source = book.source(fee.source).unwrap();
        assert_eq!(source.grade, grade, "{name}");
    }
    // The bill was dated by its month alone.
    let g = book.managed_fee(instance(&book, "g5.xlarge")).unwrap();
    assert_eq!(date(&book, g), "2026-09");
    assert_eq!(
        book.source(g.source).unwrap().date,
        Date::new(2026, 9, 1).unwrap()
    );
}

#[test]
fn spot_figures_name_their_statistic_where_the_feed_does() {
    let book = book();
    let mut counts = [0; 3];
    for quote in column(&book, Os::Linux, "spot").quotes.iter().flatten() {
        let source = book.source(quote.source).unwrap();
        let (place, statistic) = match &*source.date_text() {
            "2026-08-10" => (0, Some(Statistic::Lowest)),
            "2026-10-05" => (1, Some(Statistic::Average)),
            "2025-06-13" => (2, None),
            other => panic!("{other}"),
        };
        assert_eq!(source.statistic, statistic);
        counts[place] += 1;
    }
    assert_eq!(counts, [425, 55, 143]);
}

#[test]
fn committed_and_spot_prices_lie_below_on_demand() {
    let book = book();
    for column in &book.ec2 {
        let list = book.ec2_column(column.os, PriceKind::OnDemand).unwrap();
        for (index, known) in book.types.iter().enumerate() {
            let (Some(price), Some(list)) = (column.quote(index), list.quote(index)) else {
                continue;
            };
            if column.kind != PriceKind::OnDemand {
                assert!(price.rate < list.rate, "{} {}", known.name, column.kind);
                let twentieth = list.rate.ten_billionths() / 20;
                assert!(price.rate.ten_billionths() > twentieth, "{}", known.name);
            }
        }
    }
}

#[test]
fn every_source_is_named_dated_and_used() {
    let book = book();
    let mut used = vec![false; book.sources.len()];
    let prices = book
        .ec2
        .iter()
        .flat_map(|column| column.quotes.iter().flatten());
    let mut mark = |quote: &Quote| used[quote.source.index()] = true;
    prices.for_each(&mut mark);
    book.fargate
        .iter()
        .map(|price| &price.quote)
        .for_each(&mut mark);
    book.managed_fees
        .iter()
        .map(|fee| &fee.ratio)
        .for_each(&mut mark);
    book.adjacent
        .iter()
        .map(|(_, quote)| quote)
        .for_each(&mut mark);
    for known in &book.types {
        used[known.specs.index()] = true;
        used[known.eni.source.index()] = true;
    }
    for advice in book
        .advisor
        .iter()
        .flat_map(|column| column.rows.iter().flatten())
    {
        used[advice.source.index()] = true;
    }
    used[book.managed_types.index()] = true;
    assert_eq!(used, vec![true; book.sources.len()]);
    for source in &book.sources {
        assert!(
            source.date > Date::new(2024, 1, 1).unwrap(),
            "{}",
            source.text
        );
        assert!(source.text.len() > 20, "{}", source.text);
    }
}

#[test]
fn the_book_is_written_as_it_stands_and_small() {
    assert_eq!(book().to_text(), US_EAST_1);
    assert!(US_EAST_1.is_ascii());
    // 12.4 KB gzip, of at most 30 KB; what is this long raw stays far under.
    assert!(US_EAST_1.len() < 64 * 1024, "{}", US_EAST_1.len());
}

#[test]
fn the_documented_example_is_a_book() {
    let page = include_str!("../../../docs/prices.md");
    let (_, rest) = page.split_once("```text\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let book = PriceBook::parse(example).unwrap();
    assert_eq!(book.to_text(), example);
}

#[test]
fn the_book_cut_after_any_line_is_refused() {
    let ends = US_EAST_1.match_indices('\n').map(|(at, _)| at);
    let last = US_EAST_1.trim_end().len();
    for at in ends.filter(|&at| at < last) {
        assert!(PriceBook::parse(&US_EAST_1[..at]).is_err(), "{at}");
    }
}

proptest! {
    // Each case reads the whole book.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".*", lines in "(berth-prices 1\n)?([a-z0-9@*/. \\[\\]-]{0,20}\n){0,20}") {
        let _ = PriceBook::parse(&text);
        let _ = PriceBook::parse(&lines);
    }

    #[test]
    fn a_changed_byte_is_refused_or_makes_a_book_that_still_round_trips(
        at in 0..US_EAST_1.len(),
        byte in 0_u8..128,
    ) {
        let mut bytes = US_EAST_1.as_bytes().to_vec();
        bytes[at] = byte;
        let text = String::from_utf8(bytes).unwrap();
        if let Ok(book) = PriceBook::parse(&text) {
            prop_assert_eq!(PriceBook::parse(&book.to_text()), Ok(book));
        }
    }

    #[test]
    fn a_line_lost_or_doubled_never_panics(line in 0..US_EAST_1.lines().count(), doubled: bool) {
        let mut lines: Vec<&str> = US_EAST_1.lines().collect();
        if doubled {
            lines.insert(line, lines[line]);
        } else {
            lines.remove(line);
        }
        if let Ok(book) = PriceBook::parse(&lines.join("\n")) {
            prop_assert_eq!(PriceBook::parse(&book.to_text()), Ok(book));
        }
    }
}
