//! The reader on a small book written by hand.

use super::*;
use crate::purchase::{Commitment, CommitmentKind};

/// Three families, every section, both kinds of date, runs and gaps.
const SMALL: &str = "\
berth-prices 1
# A comment.
region xx-test-1

[sources]
@0 2026-07-11 quoted - owner/specs types.md
@1 2026-10 derived - https://example.org/limits (less one)
@2 2026-08-10 quoted lowest owner/feed spot.json
@3 2026-10-05 assumed average owner/other spot.json

[types]
g6f x86_64 large xlarge
m7g-flex arm64 large
m7g arm64 large medium metal
t3 x86_64 nano

[spec]
g6f @0 2/8 4/16
m7g-flex 2/8
m7g 2/8 1/4 64/256
t3 2/0.5

[flags]
m7g -*2 m
t3 b

[gpus]
g6f 0/l4/2861*2

[accelerators]

[managed_instances @1]
g6f y*2
m7g y - y

[eni]
g6f @0 1/2*2
m7g-flex 2/10
m7g 2/10 1/4 7/-
t3 @1 1/-

[ec2 linux on_demand]
g6f @0 0.2024 0.4048
m7g-flex 0.0775
m7g @3 0.0816 0.0408 @0 2.6112
t3 0.0052

[ec2 linux spot]
m7g @2 0.0308 @3 0.0157 -

[ec2 linux ri_1y_no_upfront]
m7g @0 0.05*2 -

[fargate]
linux any on_demand ephemeral_gb_hour @0 0.000111
linux x86_64 on_demand vcpu_hour @0 0.04048
linux x86_64 on_demand gb_hour @0 0.004445

[managed_fees]
* @0 0.12
g @1 0.078

[adjacent]
ebs_gp3_storage @0 0.08
public_ipv4 @0 0.005

[end]
";

fn rate(text: &str) -> Rate {
    Rate::parse(text).unwrap()
}

/// The small book with every `from` turned into `to`, and what the reader says of it.
fn refused(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    PriceBook::parse(&SMALL.replace(from, to))
        .unwrap_err()
        .to_string()
}

#[test]
fn every_section_is_read() {
    let book = PriceBook::parse(SMALL).unwrap();
    assert_eq!(&*book.region, "xx-test-1");
    assert_eq!(book.sources.len(), 4);
    assert_eq!(book.sources[1].date, Date::new(2026, 10, 1).unwrap());
    assert!(book.sources[1].month_only);
    assert_eq!(book.sources[1].grade, Grade::Derived);
    assert_eq!(
        &*book.sources[1].text,
        "https://example.org/limits (less one)"
    );
    assert_eq!(book.sources[2].statistic, Some(Statistic::Lowest));

    let names: Vec<&str> = book.types.iter().map(|known| &*known.name).collect();
    assert_eq!(
        names,
        [
            "g6f.large",
            "g6f.xlarge",
            "m7g-flex.large",
            "m7g.large",
            "m7g.medium",
            "m7g.metal",
            "t3.nano"
        ]
    );
    let large = &book.types[book.type_index("m7g.large").unwrap()];
    assert_eq!((large.vcpu, large.memory_mib), (2, 8192));
    assert_eq!(large.arch, Arch::Arm);
    assert_eq!(large.eni.with_trunking, Some(10));
    assert!(large.managed_instances && !large.bare_metal && !large.burstable);
    let metal = &book.types[5];
    assert!(metal.bare_metal);
    assert_eq!(metal.eni.with_trunking, None);
    let nano = &book.types[6];
    assert_eq!(nano.memory_mib, 512);
    assert!(nano.burstable && !nano.managed_instances);
    assert_eq!(nano.eni.source, SourceId(1));
    let gpus = book.types[1].gpus.clone().unwrap();
    assert_eq!((gpus.count, &*gpus.model, gpus.memory_mib), (0, "l4", 2861));
    assert_eq!(book.managed_types, SourceId(1));

    let on_demand = book.ec2(Os::Linux, PriceKind::OnDemand);
    assert_eq!(on_demand[3].unwrap().rate, rate("0.0816"));
    assert_eq!(on_demand[3].unwrap().source, SourceId(3));
    assert_eq!(on_demand[5].unwrap().source, SourceId(0));
    assert_eq!(on_demand[6].unwrap().rate, rate("0.0052"));
    let spot = book.ec2(Os::Linux, PriceKind::Spot);
    assert_eq!(spot[0], None);
    assert_eq!(spot[3].unwrap().source, SourceId(2));
    assert_eq!(spot[4].unwrap().source, SourceId(3));
    assert_eq!(spot[5], None);
    let reserved = PriceKind::Committed(Commitment::one_year_no_upfront(
        CommitmentKind::ReservedInstance,
    ));
    let reserved = book.ec2(Os::Linux, reserved);
    assert_eq!(reserved[3], reserved[4]);

    let ephemeral = book.fargate(
        Os::Linux,
        Arch::Arm,
        PriceKind::OnDemand,
        FargateDimension::Ephemeral,
    );
    assert_eq!(ephemeral.unwrap().rate, rate("0.000111"));
    assert_eq!(
        book.managed_fee(&book.types[0]).unwrap().rate,
        rate("0.078")
    );
    assert_eq!(book.managed_fee(large).unwrap().rate, rate("0.12"));
    assert_eq!(
        book.adjacent(Adjacent::PublicIpv4).unwrap().rate,
        rate("0.005")
    );
    assert_eq!(book.adjacent(Adjacent::AlbHour), None);
}

#[test]
fn what_was_read_is_written_and_read_back_equal() {
    let book = PriceBook::parse(SMALL).unwrap();
    let text = book.to_text();
    assert_eq!(PriceBook::parse(&text), Ok(book.clone()));
    assert_eq!(PriceBook::parse(&text.replace('\n', "\r\n")), Ok(book));
    assert!(text.contains("\n@1 2026-10 derived - "), "{text}");
    assert!(text.contains("\nm7g @0 0.05*2 -\n"), "{text}");
    assert!(text.contains("\nt3 @1 1/-\n"), "{text}");
}

#[test]
fn another_file_or_version_is_refused() {
    let error = |text| PriceBook::parse(text).unwrap_err().to_string();
    assert_eq!(
        error(""),
        "line 1: not a price book: expected `berth-prices 1`, found ``"
    );
    assert_eq!(
        error("<!doctype html>"),
        "line 1: not a price book: expected `berth-prices 1`, found `<!doctype html>`"
    );
    assert_eq!(
        error("berth-prices 2\n"),
        "line 1: a price book of version `2`: expected version 1"
    );
}

#[test]
fn a_book_cut_short_anywhere_is_refused() {
    let lines: Vec<&str> = SMALL.lines().collect();
    for kept in 0..lines.len() {
        let cut = lines[..kept].join("\n");
        assert!(PriceBook::parse(&cut).is_err(), "{kept} lines");
    }
    assert_eq!(
        refused("[end]\n", ""),
        "line 66: the book is cut short: expected [end]"
    );
}

/// Checks the message for each change of the small book.
fn check(cases: &[(&str, &str, &str)]) {
    for (from, to, message) in cases {
        assert_eq!(refused(from, to), *message, "{from} -> {to}");
    }
}

#[test]
fn errors_in_sources_and_types_name_line_and_expectation() {
    check(&[
        (
            "region xx",
            "region XX",
            "line 3: expected `region` and a region's code, found `region XX-test-1`",
        ),
        (
            "@1 2026-10 ",
            "@2 2026-10 ",
            "line 7: expected the sources numbered from @0, found `@2`",
        ),
        (
            "2026-08-10",
            "2026-02-30",
            "line 8: expected a date such as 2026-10-05 or 2026-10, found `2026-02-30`",
        ),
        (
            "2026-08-10",
            "2026-8-010",
            "line 8: expected a date such as 2026-10-05 or 2026-10, found `2026-8-010`",
        ),
        (
            "quoted lowest",
            "certain lowest",
            "line 8: expected quoted, derived or assumed, found `certain`",
        ),
        (
            "t3 x86_64 nano",
            "t3 riscv nano",
            "line 15: expected x86_64 or arm64 after the family, found `riscv`",
        ),
        (
            "large medium metal",
            "medium large metal",
            "line 14: `m7g.large` stands out of order or twice: the list must be sorted",
        ),
        (
            "large medium metal",
            "large large metal",
            "line 14: `m7g.large` stands out of order or twice: the list must be sorted",
        ),
        (
            "[flags]",
            "[gpus]",
            "line 23: expected [flags], found `[gpus]`",
        ),
        (
            "t3 2/0.5",
            "t3 2/0.0001",
            "line 21: expected vCPU/GiB such as 2/8, found `2/0.0001`",
        ),
        ("t3 2/0.5", "# t3", "line 23: `t3.nano` has no [spec]"),
        (
            "t3 b",
            "t4 b",
            "line 25: `t4` is no family of [types], or stands out of order or twice",
        ),
        (
            "m7g -*2 m",
            "m7g -*9 m",
            "line 24: `m7g` has 9 values, expected 3",
        ),
        (
            "m7g -*2 m",
            "m7g -*2",
            "line 24: `m7g` has 2 values, expected 3",
        ),
        (
            "m7g -*2 m",
            "m7g -*0 m",
            "line 24: expected a value, `*` and how many times it stands, found `-*0`",
        ),
        (
            "0/l4/2861",
            "256/l4/2861",
            "line 28: expected COUNT/MODEL/MIB such as 1/a10g/22888, found `256/l4/2861`",
        ),
    ]);
}

#[test]
fn errors_in_limits_and_prices_name_line_and_expectation() {
    check(&[
        (
            "[managed_instances @1]",
            "[managed_instances @4]",
            "line 32: no source `4`: the book lists 4, counted from 0",
        ),
        (
            "g6f @0 1/2*2",
            "g6f 1/2*2",
            "line 37: `1/2` has no source: expected `@` and the number of one before it",
        ),
        (
            "[ec2 linux spot]",
            "[ec2 linux on_demand]",
            "line 48: `[ec2 linux on_demand]` stands out of order or twice: the list must be sorted",
        ),
        (
            "[ec2 linux spot]",
            "[ec2 linux ri_2y_no_upfront]",
            "line 48: expected a purchase such as on_demand, spot or ri_1y_no_upfront, found `ri_2y_no_upfront`",
        ),
        (
            "linux x86_64 on_demand gb_hour",
            "linux x86_64 on_demand hour",
            "line 57: expected vcpu_hour, gb_hour, os_license_vcpu_hour or ephemeral_gb_hour, found `hour`",
        ),
        (
            "* @0 0.12",
            "* @0 1.2",
            "line 60: expected a share from 0 to 1, with at most ten decimals, found `1.2`",
        ),
        (
            "public_ipv4",
            "public_ipv6",
            "line 65: expected an item beside compute, found `public_ipv6`",
        ),
        (
            "public_ipv4 @0",
            "public_ipv4",
            "line 65: `public_ipv4 0.005` has no source: expected `@` and the number of one before it",
        ),
        (
            "[end]\n",
            "[end]\nmore\n",
            "line 68: expected nothing after [end], found `more`",
        ),
    ]);
}

#[test]
fn a_price_is_a_plain_decimal_above_zero_and_under_the_limit() {
    for wrong in [
        "0",
        "-0.0816",
        "+0.0816",
        "0.00000000001",
        "100000.1",
        "99999999999999999999",
        "8.16e-2",
        ".0816",
        "1.",
        "1.2.3",
        "1_0",
        "NaN",
        "@",
        "\u{661}",
        "*",
        "",
    ] {
        if wrong.is_empty() {
            continue;
        }
        let text = SMALL.replace("@3 0.0816", &format!("@3 {wrong}"));
        let error = PriceBook::parse(&text).unwrap_err();
        assert_eq!(error.line, 45, "{wrong}: {error}");
    }
    assert_eq!(decimal("100000"), Some(100_000 * PER_USD));
    assert_eq!(decimal("0.0404784000"), Some(404_784_000));
}
