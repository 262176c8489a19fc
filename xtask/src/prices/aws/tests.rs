//! The importer on small files written by hand, which have the structure of AWS's and the traps in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use berth_model::date::Date;
use berth_model::money::{Rate, Usd};
use berth_model::platform::Os;
use berth_model::prices::{Grade, PriceBook};
use berth_model::purchase::{Commitment, PriceKind};

use super::import::{Options, lay};
use super::mirror::{self, Mirror};
use super::{ec2, ecs, large, plans, spot, spot_advisor};
use crate::prices::tests::Dir;

mod server;

const REGION: &str = "us-east-1";
const BOOK: &str = include_str!("fixtures/book.txt");
const PLANS_PATH: &str =
    "savingsPlan/v1.0/aws/AWSComputeSavingsPlan/20261118184447/us-east-1/index";

/// The files, as where they lie and what they are.
fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/prices/aws/fixtures");
    fs::read_to_string(path.join(name)).unwrap()
}

fn path_of(name: &str) -> String {
    let (stem, extension) = name.split_once('.').unwrap();
    match stem {
        "ec2" => format!("{}.{extension}", mirror::offer_path(ec2::CODE, REGION)),
        "ecs" => format!("{}.{extension}", mirror::offer_path(ecs::CODE, REGION)),
        "plans" => format!("{PLANS_PATH}.{extension}"),
        "plans_region_index" => mirror::plans_index_path(),
        "ec2_region_index" => mirror::offer_index_path(ec2::CODE),
        "ecs_region_index" => mirror::offer_index_path(ecs::CODE),
        _ => name.to_owned(),
    }
}

/// Every file in one shape.
fn all(extension: &str) -> Vec<(String, String)> {
    let shaped = ["ec2", "ecs", "plans"].map(|stem| format!("{stem}.{extension}"));
    let others = [
        "plans_region_index.json",
        "spot.json",
        "spot-advisor-data.json",
        "fargate-spot-prices.json",
    ];
    shaped
        .into_iter()
        .chain(others.map(str::to_owned))
        .map(|name| (name.clone(), fixture(&name)))
        .collect()
}

/// A directory with a mirror in `aws` and the book in `prices`.
struct Place {
    dir: Dir,
}

impl Place {
    fn new(files: &[(String, String)]) -> Self {
        let place = Self { dir: Dir::new() };
        for (name, text) in files {
            let path = place.mirror().join(path_of(name));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::create_dir_all(place.books()).unwrap();
        fs::write(place.book_path(), BOOK).unwrap();
        fs::write(
            place.books().join("eni_limits.txt"),
            fixture("eni_limits.txt"),
        )
        .unwrap();
        place
    }

    /// With one text in one file changed.
    fn with(extension: &str, file: &str, from: &str, to: &str) -> Self {
        let mut files = all(extension);
        let found = files.iter_mut().find(|(name, _)| name == file).unwrap();
        assert!(found.1.contains(from), "{from}");
        found.1 = found.1.replacen(from, to, 1);
        Self::new(&files)
    }

    fn mirror(&self) -> PathBuf {
        self.dir.0.join("aws")
    }

    fn books(&self) -> PathBuf {
        self.dir.0.join("prices")
    }

    fn book_path(&self) -> PathBuf {
        self.books().join("us-east-1.txt")
    }

    fn summary(&self) -> String {
        fs::read_to_string(self.dir.0.join("summary.md")).unwrap()
    }

    fn book(&self) -> PriceBook {
        PriceBook::parse(&fs::read_to_string(self.book_path()).unwrap()).unwrap()
    }

    fn import(&self) -> Result<String, String> {
        let options = Options {
            regions: vec![REGION.to_owned()],
            to: Some(self.books()),
            summary: Some(self.dir.0.join("summary.md")),
            feeds_date: Date::parse("2026-11-21"),
        };
        let mirror = self.mirror();
        match lay(&Mirror::new(&mirror), Path::new("aws"), &options) {
            Ok(()) => Ok(fs::read_to_string(self.book_path()).unwrap()),
            Err(error) => {
                // Nothing may have changed, and nothing is left lying about.
                assert_eq!(fs::read_to_string(self.book_path()).unwrap(), BOOK);
                assert_eq!(fs::read_dir(self.books()).unwrap().count(), 2);
                Err(error
                    .to_string()
                    .replace(&format!("{}/", mirror.display()), ""))
            }
        }
    }
}

fn kind(id: &str) -> PriceKind {
    PriceKind::from_id(id).unwrap()
}

fn commitment(id: &str) -> Commitment {
    match kind(id) {
        PriceKind::Committed(commitment) => commitment,
        _ => panic!("{id}"),
    }
}

/// A price with date and grade, such as `0.0816 2026-11-20 quoted`.
fn price(book: &PriceBook, os: Os, id: &str, name: &str) -> String {
    let quote = book
        .type_index(name)
        .and_then(|index| *book.ec2(os, kind(id)).get(index)?);
    let Some(quote) = quote else {
        return "-".to_owned();
    };
    let source = book.source(quote.source).unwrap();
    format!(
        "{} {} {}",
        quote.rate,
        source.date_text(),
        source.grade.id()
    )
}

const NEW_BOOK: &str = include_str!("fixtures/new_book.txt");

#[test]
fn the_files_become_the_new_figures_of_the_book_and_the_rest_stays() {
    let place = Place::new(&all("csv"));
    assert_eq!(place.import().unwrap(), NEW_BOOK);
}

#[test]
fn both_shapes_give_the_same_book() {
    assert_eq!(Place::new(&all("json")).import().unwrap(), NEW_BOOK);
}

#[test]
fn importing_twice_changes_nothing() {
    let place = Place::new(&all("csv"));
    let first = place.import().unwrap();
    assert_eq!(place.import().unwrap(), first);
    let summary = place.summary();
    assert!(summary.contains("No price moved."), "{summary}");
    assert!(!summary.contains("Appeared"), "{summary}");
}

#[test]
fn columns_are_found_by_name_wherever_they_stand() {
    let mut files = all("csv");
    for (name, text) in &mut files {
        if name.split_once('.').unwrap().1 != "csv" {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(Vec::new());
        for record in reader.records() {
            let record = record.unwrap();
            let mut cells: Vec<&str> = record.iter().collect();
            if cells.len() > 2 {
                // The header begins with SKU; all that follows is turned round.
                cells[1..].reverse();
            }
            writer.write_record(cells).unwrap();
        }
        *text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    }
    assert_eq!(Place::new(&files).import().unwrap(), NEW_BOOK);
}

#[test]
fn json_is_read_whatever_the_order_of_its_parts() {
    let mut files = all("json");
    for (name, text) in &mut files {
        if !matches!(name.as_str(), "ec2.json" | "ecs.json" | "plans.json") {
            continue;
        }
        // The parser's maps sort their keys; a prefix puts the terms before all else.
        let value: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap();
        let mut parts: Vec<String> = value
            .iter()
            .map(|(key, value)| format!("{}: {value}", serde_json::Value::from(key.as_str())))
            .collect();
        parts.sort_by_key(|part| !part.starts_with("\"terms\""));
        *text = format!("{{{}}}", parts.join(", "));
    }
    assert_eq!(Place::new(&files).import().unwrap(), NEW_BOOK);
}

#[test]
fn what_is_absent_leaves_its_figures_as_they_are() {
    let kept = |place: &Place, id: &str, name: &str| price(&place.book(), Os::Linux, id, name);
    for (only, id, name, expected) in [
        (
            "ec2.csv",
            "on_demand",
            "m7g.large",
            "0.0816 2026-11-20 quoted",
        ),
        ("ec2.csv", "spot", "m7g.large", "0.0307 2026-08-10 quoted"),
        ("ec2.csv", "compute_sp_1y_no_upfront", "m7g.large", "-"),
        (
            "ecs.json",
            "on_demand",
            "m7g.large",
            "0.085 2026-07-20 quoted",
        ),
        (
            "spot.json",
            "on_demand",
            "t3.nano",
            "0.0052 2026-07-20 quoted",
        ),
        ("spot.json", "spot", "m7g.large", "0.0312 2026-11-21 quoted"),
    ] {
        let place = Place::new(&[(only.to_owned(), fixture(only))]);
        place.import().unwrap();
        assert_eq!(kept(&place, id, name), expected, "{only} {id}");
    }
}

#[test]
fn a_mirror_without_the_region_is_no_success() {
    let place = Place::new(&[]);
    let error = place.import().unwrap_err();
    assert!(
        error.starts_with("no price file of us-east-1 in aws"),
        "{error}"
    );
}

#[test]
fn only_shared_instances_in_use_with_nothing_installed_are_prices_of_an_instance() {
    for extension in ["csv", "json"] {
        let place = Place::new(&all(extension));
        let path = place.mirror().join(path_of(&format!("ec2.{extension}")));
        let offer = ec2::read(&path, REGION).unwrap();
        assert_eq!(offer.published, Date::new(2026, 11, 20).unwrap());
        let listed: Vec<String> = offer
            .on_demand
            .iter()
            .map(|((os, name), priced)| format!("{} {name} {}", os.id(), priced.rate))
            .collect();
        assert_eq!(
            listed,
            [
                "linux g6.2xlarge 0.9776",
                "linux g6.xlarge 0.8048",
                "linux g9.xlarge 1.5",
                "linux i8g.large 0.18",
                "linux i8g.xlarge 0.36",
                "linux m6a.xlarge 0.1728",
                "linux m7g.2xlarge 0.3264",
                "linux m7g.large 0.0816",
                "windows m6a.xlarge 0.3568",
            ]
        );
    }
}

#[test]
fn a_reserved_term_is_what_recurs_and_what_is_paid_upfront() {
    for extension in ["csv", "json"] {
        let place = Place::new(&all(extension));
        let path = place.mirror().join(path_of(&format!("ec2.{extension}")));
        let offer = ec2::read(&path, REGION).unwrap();
        let terms: Vec<String> = offer
            .reserved
            .iter()
            .filter(|((_, _, name), _)| name == "m7g.large")
            .map(|((_, commitment, _), term)| {
                let (hour, upfront) = (term.recurring, term.upfront_usd.decimal());
                format!("{commitment} {hour} + {upfront} = {}", term.effective)
            })
            .collect();
        assert_eq!(
            terms,
            [
                "ri_1y_no_upfront 0.0514 + 0 = 0.0514",
                "ri_1y_partial_upfront 0.0245 + 215 = 0.0490433790",
                "ri_1y_all_upfront 0 + 421 = 0.0480593607",
                "ri_3y_no_upfront 0.0353 + 0 = 0.0353",
                "ri_3y_partial_upfront 0.0163 + 430 = 0.0326622527",
                "ri_3y_all_upfront 0 + 807 = 0.0307077626",
                "ri_convertible_1y_no_upfront 0.059 + 0 = 0.059",
                "ri_convertible_3y_all_upfront 0 + 950 = 0.0361491629",
            ]
            .map(|line| line.replace("0.0490433790", "0.049043379"))
        );
        let partial = (
            Os::Linux,
            commitment("ri_1y_partial_upfront"),
            "m7g.large".to_owned(),
        );
        assert_eq!(
            offer.reserved[&partial].upfront_usd,
            Usd::parse("215").unwrap()
        );
    }
    let place = Place::new(&all("csv"));
    place.import().unwrap();
    let book = place.book();
    for (id, expected) in [
        ("ri_1y_no_upfront", "0.0514 2026-11-20 quoted"),
        ("ri_1y_partial_upfront", "0.049043379 2026-11-20 derived"),
        ("ri_3y_all_upfront", "0.0307077626 2026-11-20 derived"),
        ("ri_convertible_1y_no_upfront", "0.059 2026-11-20 quoted"),
    ] {
        assert_eq!(price(&book, Os::Linux, id, "m7g.large"), expected);
    }
}

#[test]
fn usage_of_ecs_must_match_to_the_letter() {
    for extension in ["csv", "json"] {
        let place = Place::new(&all(extension));
        let path = place.mirror().join(path_of(&format!("ecs.{extension}")));
        let offer = ecs::read(&path, REGION).unwrap();
        // The zero-priced ECS-EC2-... share the attributes of Fargate's vCPU and memory.
        assert_eq!(offer.fargate.len(), 8);
        assert!(
            offer
                .fargate
                .values()
                .all(|priced| priced.rate > Rate::default())
        );
        assert_eq!(offer.fees.len(), 5);
        assert_eq!(
            offer.fees["m7g.large"].rate,
            Rate::parse("0.009792").unwrap()
        );
    }
}

#[test]
fn plans_are_read_for_shared_instances_and_fargate_alone() {
    for extension in ["csv", "json"] {
        let place = Place::new(&all(extension));
        let path = place.mirror().join(format!("{PLANS_PATH}.{extension}"));
        let plans = plans::read(&path, REGION).unwrap();
        let rates: Vec<String> = plans
            .ec2
            .iter()
            .map(|((os, commitment, name), priced)| {
                format!("{} {commitment} {name} {}", os.id(), priced.rate)
            })
            .collect();
        assert_eq!(
            rates,
            [
                "linux compute_sp_1y_no_upfront m6a.xlarge 0.1252",
                "linux compute_sp_1y_no_upfront m7g.large 0.059",
                "linux compute_sp_1y_no_upfront x9.large 0.4",
                "linux compute_sp_3y_all_upfront m7g.large 0.0385",
                "linux ec2_sp_1y_partial_upfront m7g.large 0.0514",
                "windows compute_sp_1y_no_upfront m6a.xlarge 0.3092",
            ]
        );
        assert_eq!(plans.fargate.len(), 6);
    }
}

#[test]
fn plans_are_found_through_their_list() {
    let place = Place::new(&all("csv"));
    let found = Mirror::new(&place.mirror()).plans(REGION).unwrap();
    assert!(found.unwrap().ends_with(format!("{PLANS_PATH}.csv")));
    assert_eq!(
        Mirror::new(&place.mirror()).plans("xx-none-1").unwrap(),
        None
    );
    // Listed, but not there.
    assert_eq!(
        Mirror::new(&place.mirror()).plans("eu-west-1").unwrap(),
        None
    );
    let index = "plans_region_index.json";
    let place = Place::with("csv", index, "/savingsPlan/v1.0", "/../savingsPlan");
    // Only the first region's path was changed, which nobody asked for.
    assert!(place.import().is_ok());
    let place = Place::with("csv", index, "184447/us-east-1/", "184447/eu-west-1/");
    assert!(
        place
            .import()
            .unwrap_err()
            .contains("region_index.json: key us-east-1, versionUrl: `/savingsPlan/")
    );
}

#[test]
fn the_spot_feed_has_words_for_nothing_and_exponents() {
    let place = Place::new(&all("csv"));
    let path = place.mirror().join("spot.json");
    let spot = spot::read(&path, REGION).unwrap().unwrap();
    let key = |name: &str| (Os::Linux, name.to_owned());
    assert_eq!(
        spot.prices[&key("t3.nano")].rate,
        Rate::parse("0.0009").unwrap()
    );
    assert!(spot.unavailable.contains(&key("g6.xlarge")));
    assert!(!spot.prices.contains_key(&key("g6.xlarge")));
    let ireland = spot::read(&path, "eu-west-1").unwrap().unwrap();
    assert_eq!(ireland.prices.len(), 1);
    assert!(spot::read(&path, "xx-none-1").unwrap().is_none());
    place.import().unwrap();
    assert_eq!(price(&place.book(), Os::Linux, "spot", "g6.xlarge"), "-");
}

#[test]
fn the_spot_advisor_becomes_records() {
    let place = Place::new(&all("csv"));
    let path = place.mirror().join(spot_advisor::FILE);
    let advisor = spot_advisor::read(&path, REGION).unwrap().unwrap();
    let advice = &advisor.rows[&(Os::Linux, "m7g.large".to_owned())];
    assert_eq!(advice.saving_percent, 62);
    assert_eq!(advice.interrupted.label, "5-10%");
    assert_eq!(advice.interrupted.most_percent, 11);
    assert_eq!(advisor.rows.len(), 3);
    assert_eq!(advisor.dearer, [(Os::Linux, "p5.48xlarge".to_owned())]);
    assert_eq!(spot_advisor::read(&path, "xx-none-1").unwrap(), None);
    let file = "spot-advisor-data.json";
    for (from, to, message) in [
        (
            "\"s\" : 62",
            "\"s\" : 101",
            "key linux m7g.large, s: `101` is not per cent, at most 100",
        ),
        (
            "\"r\" : 1",
            "\"r\" : 5",
            "key linux m7g.large, r: `5` is not the index of one of the ranges",
        ),
        (
            "\"max\" : 5",
            "\"max\" : 105",
            "key ranges 0, max: `105` is not per cent from 0 to 100",
        ),
    ] {
        let error = Place::with("csv", file, from, to).import().unwrap_err();
        assert_eq!(error, format!("{file}: {message}\nno book was changed"));
    }
}

#[test]
fn new_types_come_with_all_that_is_needed_and_others_are_named() {
    let place = Place::new(&all("csv"));
    place.import().unwrap();
    let book = place.book();
    let new = &book.types[book.type_index("g6.2xlarge").unwrap()];
    let gpus = new.gpus.as_ref().unwrap();
    assert_eq!(
        (gpus.count, &*gpus.model, gpus.memory_mib),
        (1, "l4", 22_888)
    );
    assert!(new.managed_instances);
    assert_eq!(new.eni.with_trunking, Some(20));
    let summary = place.summary();
    for line in [
        "New types: g6.2xlarge, m7g.2xlarge",
        "Types that are gone: t3.nano",
        "- g9 xlarge: the offer names no model of its GPUs",
        "- i8g large xlarge: no task limits in eni_limits.txt",
    ] {
        assert!(summary.contains(line), "{line}\n{summary}");
    }
}

#[test]
fn the_difference_says_what_a_reviewer_must_know() {
    let place = Place::new(&all("csv"));
    place.import().unwrap();
    let summary = place.summary();
    for line in [
        "- index.csv of 2026-11-20: EC2, 9 prices on demand, 10 reserved, 2 of them partly upfront",
        "5 types, before 4.",
        "| ec2 linux on_demand | 0 | 1 | 2 | 1 | 2 | 2 |",
        "- **ec2 linux on_demand**, fell: m7g.large 0.085 to 0.0816 (-4.0 %)",
        "- **fargate on_demand**, rose: linux x86_64 gb_hour 0.0044 to 0.004445 (+1.0 %)",
        "- **ec2 linux ri_1y_no_upfront**, fell: m7g.large 0.054 to 0.0514 (-4.8 %)",
        "- **ec2 linux spot**: g6.xlarge, t3.nano",
        "- in the files: linux ri_1y_no_upfront: not in the offer, stays with its old date: g6.xlarge",
        "- in the files: m6a.xlarge: its management fee of 0.0217 is 0.1256 of 0.1728 on demand, and fits no fee of its family (in the book: 0.12)",
        "- new: g6.2xlarge linux spot: 0.0009 beside 0.9776, under 5 % of on-demand",
    ] {
        assert!(summary.contains(line), "{line}\n{summary}");
    }
}

#[test]
fn figures_older_than_those_they_replace_are_pointed_out() {
    let place = Place::with(
        "csv",
        "ecs.csv",
        "2026-11-13T20:00:00Z",
        "2026-08-13T20:00:00Z",
    );
    place.import().unwrap();
    let line = "- fargate on_demand: 4 figures are older than those they replace";
    assert!(place.summary().contains(line), "{}", place.summary());
}

#[test]
fn fees_follow_the_offer_where_it_agrees_with_itself() {
    let fee = |place: &Place, letters: &str| {
        let book = place.book();
        let fees = &book.managed_fees;
        let fee = fees.iter().find(|fee| &*fee.family_letters == letters)?;
        let source = book.source(fee.ratio.source).unwrap();
        Some(format!("{} {}", fee.ratio.rate, source.grade.id()))
    };
    // One type of two disagrees: the fee stays with its source, and the type is named.
    let place = Place::new(&all("csv"));
    place.import().unwrap();
    assert_eq!(fee(&place, "").as_deref(), Some("0.12 quoted"));
    assert_eq!(fee(&place, "g").as_deref(), Some("0.078 derived"));
    // All agree with the book.
    let place = Place::with("csv", "ecs.csv", "\"0.0217000000\"", "\"0.0207360000\"");
    place.import().unwrap();
    assert_eq!(fee(&place, "").as_deref(), Some("0.12 derived"));
    // All agree on another share.
    let mut files = all("csv");
    for (from, to) in [
        ("0.0097920000", "0.0081600000"),
        ("0.0391680000", "0.0326400000"),
        ("0.0217000000", "0.0172800000"),
    ] {
        let ecs = files
            .iter_mut()
            .find(|(name, _)| name == "ecs.csv")
            .unwrap();
        ecs.1 = ecs.1.replace(from, to);
    }
    let place = Place::new(&files);
    place.import().unwrap();
    assert_eq!(fee(&place, "").as_deref(), Some("0.1 derived"));
    // A fee printed with four decimals is no disagreement.
    let mut files = all("csv");
    let ecs = files
        .iter_mut()
        .find(|(name, _)| name == "ecs.csv")
        .unwrap();
    ecs.1 = ecs.1.replace("0.0391680000", "0.0392000000");
    ecs.1 = ecs.1.replace("0.0217000000", "0.0207360000");
    let place = Place::new(&files);
    place.import().unwrap();
    assert_eq!(fee(&place, "").as_deref(), Some("0.12 derived"));
}

#[test]
fn bad_files_are_refused_whole_with_file_place_field_value_and_limit() {
    let bound = "is not a price from 0 to 2000 dollars an hour, with at most ten decimals";
    let free = "is not a price above 0: this cannot be free";
    let ec2 = "offers/v1.0/aws/AmazonEC2/current/us-east-1/index";
    let ecs = "offers/v1.0/aws/AmazonECS/current/us-east-1/index";
    for (file, from, to, message) in [
        // Another kind of file.
        ("ec2.csv", "AmazonEC2", "AmazonRDS", format!("{ec2}.csv: offerCode: `AmazonRDS` is not AmazonEC2")),
        ("ecs.csv", "v1.0", "v2.0", format!("{ecs}.csv: formatVersion: `v2.0` is not v1.0")),
        (
            "plans.csv",
            "AmazonComputeSavingsPlan",
            "AmazonDatabaseSavingsPlans",
            format!("{PLANS_PATH}.csv: offerCode: `AmazonDatabaseSavingsPlans` is not AmazonComputeSavingsPlan or AmazonComputeSavingsPlans or AWSComputeSavingsPlan or ComputeSavingsPlans"),
        ),
        ("ec2.csv", "\"SKU\"", "\"Item\"", format!("{ec2}.csv: no header that begins with SKU among the first lines: this is no CSV price file")),
        ("ec2.csv", "\"PricePerUnit\"", "\"Price\"", format!("{ec2}.csv: no column `PricePerUnit`")),
        ("ec2.csv", "\"Tenancy\"", "\"Tenure\"", format!("{ec2}.csv: no column `Tenancy`")),
        ("ec2.csv", "2026-11-20T20:00:00Z", "lately", format!("{ec2}.csv: publicationDate: `lately` is not a date such as 2026-09-11T20:00:00Z")),
        // Prices that cannot be.
        ("ec2.csv", "\"0.0816000000\"", "\"-0.0816000000\"", format!("{ec2}.csv: line 7, pricePerUnit: `-0.0816000000` {bound}")),
        ("ec2.csv", "\"0.0816000000\"", "\"0.0000000000\"", format!("{ec2}.csv: line 7, pricePerUnit: `0.0000000000` {free}")),
        ("ec2.csv", "\"0.0816000000\"", "\"2000.1\"", format!("{ec2}.csv: line 7, pricePerUnit: `2000.1` {bound}")),
        ("ec2.csv", "\"0.0816000000\",\"USD\"", "\"0.0816000000\",\"CNY\"", format!("{ec2}.csv: line 7, currency: `CNY` is not USD")),
        (
            "ec2.csv",
            "\"0\",\"Inf\",\"Hrs\"",
            "\"0\",\"100\",\"Hrs\"",
            format!("{ec2}.csv: line 7, range: `0 to 100` is not 0 to Inf: a price for the whole usage"),
        ),
        ("ec2.csv", "\"421\"", "\"-421\"", format!("{ec2}.csv: line 12, pricePerUnit: `-421` is not an upfront fee from 0 to 100000000 dollars")),
        ("ec2.csv", "\"421\"", "\"0\"", format!("{ec2}.csv: line 11, the term ri_1y_all_upfront has no upfront fee")),
        ("ec2.csv", "\"0.0514000000\"", "\"0.0000000000\"", format!("{ec2}.csv: line 8, the term ri_1y_no_upfront has no hourly price")),
        ("ec2.csv", "\"0.0514000000\"", "\"0.2449\"", format!("{ec2}.csv: line 8, linux ri_1y_no_upfront of m7g.large: `0.2449` is not a price of at most 3 times the on-demand 0.0816")),
        ("ec2.csv", "\"1yr\"", "\"2yr\"", format!("{ec2}.csv: line 8, LeaseContractLength: `2yr` is not 1yr or 3yr")),
        ("ecs.csv", "\"0.0404800000\"", "\"10.5\"", format!("{ecs}.csv: line 7, pricePerUnit: `10.5` is not a price from 0 to 10 dollars an hour, with at most ten decimals")),
        ("plans.csv", "0.05900", "0", format!("{PLANS_PATH}.csv: line 7, discountedRate: `0` {free}")),
        ("plans.csv", "0.05900", "0.25", format!("{PLANS_PATH}.csv: line 7, linux compute_sp_1y_no_upfront of m7g.large: `0.25` is not a price of at most 3 times the on-demand 0.0816")),
        ("plans.csv", "0.0323840000", "0.13", format!("{PLANS_PATH}.csv: line 16, linux compute_sp_1y_no_upfront vcpu_hour of Fargate: `0.13` is not a price of at most 3 times the on-demand 0.04048")),
        ("spot.json", "\"0.0312\"", "\"0.2449\"", "spot.json: key m7g.large linux, linux spot of m7g.large: `0.2449` is not a price of at most 3 times the on-demand 0.0816".to_owned()),
        ("spot.json", "\"0.0312\"", "\"0\"", "spot.json: key m7g.large linux, USD: `0` is not a price above 0, at most 2000 dollars an hour, with at most ten decimals".to_owned()),
        ("spot.json", "perhr", "perday", "spot.json: config.rate: `perday` is not perhr".to_owned()),
        ("fargate-spot-prices.json", "0.01288871", "-1", "fargate-spot-prices.json: key us-east-1 vCPU-Hours, USD: `-1` is not a price above 0, at most 10 dollars an hour, with at most ten decimals".to_owned()),
        // Another region than the path's.
        ("ec2.csv", "\"NA\",\"us-east-1\"", "\"NA\",\"us-west-2\"", format!("{ec2}.csv: line 7, regionCode: `us-west-2` is not us-east-1, the region of the file's path")),
        ("ecs.csv", "\"us-east-1\"", "\"eu-west-1\"", format!("{ecs}.csv: line 7, regionCode: `eu-west-1` is not us-east-1, the region of the file's path")),
        ("plans.csv", "us-east-1,m7g.large", "us-east-2,m7g.large", format!("{PLANS_PATH}.csv: line 7, discountedRegionCode: `us-east-2` is not us-east-1, the region of the file's path")),
    ] {
        let error = Place::with("csv", file, from, to).import().unwrap_err();
        assert_eq!(error, format!("{message}\nno book was changed"), "{file}: {to}");
    }
}

#[test]
fn bad_json_is_refused_whole_with_its_key_and_line() {
    let ec2 = "offers/v1.0/aws/AmazonEC2/current/us-east-1/index.json";
    let sku = "EC2APQRDW7100000.JRTCKXETXF.6YS6EN2CT7";
    for (file, from, to, message) in [
        (
            "ec2.json",
            "AmazonEC2",
            "AmazonECS",
            format!("{ec2}: offerCode: `AmazonECS` is not AmazonEC2"),
        ),
        (
            "ec2.json",
            "v1.0",
            "v1.1",
            format!("{ec2}: formatVersion: `v1.1` is not v1.0"),
        ),
        (
            "ec2.json",
            "\"formatVersion\"",
            "\"version\"",
            format!("{ec2}: no formatVersion: expected v1.0"),
        ),
        (
            "ec2.json",
            "\"0.0816000000\"",
            "\"-1\"",
            format!("{ec2}: key {sku}, pricePerUnit: `-1` is not a price from 0 to 2000"),
        ),
        (
            "ec2.json",
            "\"USD\" : \"0.0816000000\"",
            "\"CNY\" : \"0.5\"",
            format!("{ec2}: key {sku}, currency: `CNY` is not USD"),
        ),
        (
            "ec2.json",
            "\"regionCode\" : \"us-east-1\"",
            "\"regionCode\" : \"us-west-2\"",
            format!("{ec2}: key EC2APQRDW7100000, regionCode: `us-west-2` is not us-east-1"),
        ),
        (
            "ec2.json",
            "\"terms\"",
            "\"deals\"",
            format!("{ec2}: no terms: this is no price file of AmazonEC2"),
        ),
        (
            "ec2.json",
            "\"products\"",
            "\"goods\"",
            format!("{ec2}: no products: this is no price file of AmazonEC2"),
        ),
        (
            "ec2.json",
            "\"terms\" : {",
            "\"terms\" : {,",
            format!("{ec2}: no JSON: "),
        ),
        (
            "plans.json",
            "\"regionCode\" : \"us-east-1\"",
            "\"regionCode\" : \"eu-west-1\"",
            format!("{PLANS_PATH}.json: regionCode: `eu-west-1` is not us-east-1"),
        ),
        (
            "plans.json",
            "\"1yr\"",
            "\"5yr\"",
            format!(
                "{PLANS_PATH}.json: key PLAN1YRNOCOMPUTE.DISC000000000001, purchaseTerm: `5yr` is not 1yr or 3yr"
            ),
        ),
        (
            "plans.json",
            "\"sku\" : \"PLAN1YRNOCOMPUTE\"",
            "\"sku\" : \"OTHER\"",
            format!("{PLANS_PATH}.json: key PLAN1YRNOCOMPUTE.DISC000000000001, rateCode: "),
        ),
    ] {
        let error = Place::with("json", file, from, to).import().unwrap_err();
        assert!(error.starts_with(&message), "{error}\n{message}");
    }
    // A file of one kind at the path of another.
    let mut files = all("json");
    let plans = fixture("plans.json");
    let offer = files
        .iter_mut()
        .find(|(name, _)| name == "ec2.json")
        .unwrap();
    offer.1 = plans;
    let error = Place::new(&files).import().unwrap_err();
    let expected = format!("{ec2}: invalid type: sequence, expected products by SKU: an object");
    assert!(error.starts_with(&expected), "{error}");
}

#[test]
fn a_file_that_was_cut_short_is_refused_wherever_the_cut_is() {
    for name in [
        "ec2.csv",
        "ec2.json",
        "ecs.csv",
        "ecs.json",
        "plans.csv",
        "plans.json",
        "spot.json",
        "spot-advisor-data.json",
        "fargate-spot-prices.json",
    ] {
        let extension = name.split_once('.').unwrap().1;
        let whole = fixture(name);
        // Into the last value, out of the middle, and off the very end.
        for len in [whole.len() - 2, whole.len() - 30, whole.len() / 2, 0] {
            let mut files = all(extension);
            let file = files.iter_mut().find(|(known, _)| known == name).unwrap();
            let cut = whole.get(..len).unwrap();
            // A cut at the end of a line of CSV leaves a whole file of fewer rows.
            assert!(len == 0 || !cut.ends_with('\n') || extension == "json");
            cut.clone_into(&mut file.1);
            let error = Place::new(&files).import().unwrap_err();
            let path = path_of(name);
            assert!(error.starts_with(&path), "{error}");
            if len > 0 {
                assert!(error.contains("cut short"), "{name} {len}: {error}");
            }
        }
    }
}

#[test]
fn an_offer_that_would_empty_the_book_is_not_believed() {
    let text = fixture("ec2.csv");
    let few: String = text
        .split_inclusive('\n')
        .enumerate()
        .filter(|(number, line)| *number < 6 || line.contains("BoxUsage:m7g.large"))
        .map(|(_, line)| line)
        .collect();
    let error = Place::new(&[("ec2.csv".to_owned(), few)])
        .import()
        .unwrap_err();
    assert!(
        error.contains("lists 1 of the 4 types of the book on demand: more than half would vanish"),
        "{error}"
    );
}

#[test]
fn two_prices_for_one_thing_are_refused() {
    // The second product of m7g.large, which shares every attribute with the first.
    let mut files = all("csv");
    let offer = files
        .iter_mut()
        .find(|(name, _)| name == "ec2.csv")
        .unwrap();
    let second = "EC2AEHJRSF200000.JRTCKXETXF.6YS6EN2CT7\",\"OnDemand\",\"$0.0816000000 per unit\",\"2026-11-01\",\"0\",\"Inf\",\"Hrs\",\"0.08";
    assert!(offer.1.contains(second));
    offer.1 = offer.1.replace(second, &second.replace("\"0.08", "\"0.09"));
    let error = Place::new(&files).import().unwrap_err();
    let expected = "line 20, pricePerUnit: `0.0916000000` is not 0.0816, the on-demand price of m7g.large for linux at line 7";
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_book_that_cannot_be_read_stops_everything() {
    let place = Place::new(&all("csv"));
    fs::write(place.book_path(), "the old book").unwrap();
    let options = Options {
        regions: vec![REGION.to_owned()],
        to: Some(place.books()),
        ..Options::default()
    };
    let error = lay(&Mirror::new(&place.mirror()), Path::new("aws"), &options).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("us-east-1.txt: line 1: not a price book")
    );
    fs::remove_file(place.book_path()).unwrap();
    let error = lay(&Mirror::new(&place.mirror()), Path::new("aws"), &options).unwrap_err();
    assert!(error.to_string().contains("a region needs a book first"));
    // Without a region named, those of the books are meant: here there is none.
    let options = Options {
        regions: Vec::new(),
        ..options
    };
    let error = lay(&Mirror::new(&place.mirror()), Path::new("aws"), &options).unwrap_err();
    assert!(error.to_string().starts_with("no price book in "));
}

#[test]
fn a_refresh_downloads_what_an_import_reads() {
    let server = server::Server::start();
    for (name, text) in all("csv") {
        server.put(&path_of(&name), &text);
    }
    // The lists of the offers name versions; what they name is kept under `current`.
    for (stem, code, version) in [
        ("ec2", ec2::CODE, "20261120200000"),
        ("ecs", ecs::CODE, "20261113200000"),
    ] {
        let index = format!("{stem}_region_index.json");
        server.put(&path_of(&index), &fixture(&index));
        let path = format!("offers/v1.0/aws/{code}/{version}/{REGION}/index.csv");
        server.put(&path, &fixture(&format!("{stem}.csv")));
    }
    let place = Place::new(&[]);
    let source = super::refresh::Source {
        base: server.url(),
        feeds: Some(server.url()),
        cache: place.mirror(),
    };
    let mut client = super::download::Client::new().unwrap();
    client.pause = Duration::ZERO;
    let regions = [REGION.to_owned()];
    // The offer of EC2 breaks off three times and is taken up where it did.
    server.cut(
        "offers/v1.0/aws/AmazonEC2/20261120200000/us-east-1/index.csv",
        3,
        5_000,
    );
    super::refresh::download(&client, &source, &regions).unwrap();
    assert_eq!(place.import().unwrap(), NEW_BOOK);
    let ec2 = "/offers/v1.0/aws/AmazonEC2/20261120200000/us-east-1/index.csv";
    assert_eq!(
        server.log_of(ec2),
        [
            "200 from 0",
            "206 from 5000",
            "206 from 10000",
            "206 from 15000"
        ]
    );
    // A second time nothing is sent again.
    server.clear_log();
    super::refresh::download(&client, &source, &regions).unwrap();
    assert_eq!(server.log_of(ec2), ["304 from 0"]);
    assert!(
        server
            .log()
            .iter()
            .all(|(_, answer)| answer == "304 from 0")
    );
    // A newer file replaces the old one; a part of another file is thrown away.
    let spot = fixture("spot.json").replace("0.0312", "0.0313");
    server.put("spot.json", &spot);
    let part = place.mirror().join("spot.json.part");
    fs::write(&part, "{ something else").unwrap();
    fs::write(place.mirror().join("spot.json.part.etag"), "\"old\"").unwrap();
    super::refresh::download(&client, &source, &regions).unwrap();
    assert_eq!(
        fs::read_to_string(place.mirror().join("spot.json")).unwrap(),
        spot
    );
    assert!(!part.exists());
    // Savings Plans of an older version go, those of other regions stay.
    let plans = place
        .mirror()
        .join("savingsPlan/v1.0/aws/AWSComputeSavingsPlan");
    for region in [REGION, "eu-west-1"] {
        fs::create_dir_all(plans.join("20250101000000").join(region)).unwrap();
    }
    super::refresh::download(&client, &source, &regions).unwrap();
    assert!(!plans.join("20250101000000").join(REGION).exists());
    assert!(plans.join("20250101000000/eu-west-1").exists());
    assert!(plans.join("current/region_index.json").exists());
    assert!(
        plans
            .join("20261118184447")
            .join(REGION)
            .join("index.csv")
            .exists()
    );
    // A feed that is gone leaves its file, and its figures.
    server.remove("spot.json");
    super::refresh::download(&client, &source, &regions).unwrap();
    assert_eq!(
        fs::read_to_string(place.mirror().join("spot.json")).unwrap(),
        spot
    );
}

#[test]
fn a_download_that_fails_says_which_and_why() {
    let server = server::Server::start();
    let place = Place::new(&[]);
    let mut client = super::download::Client::new().unwrap();
    client.pause = Duration::ZERO;
    let source = super::refresh::Source {
        base: server.url(),
        feeds: Some(server.url()),
        cache: place.mirror(),
    };
    let regions = [REGION.to_owned()];
    let error = super::refresh::download(&client, &source, &regions).unwrap_err();
    let path = mirror::offer_index_path(ecs::CODE);
    let expected = format!("{}/{path}: not there", server.url());
    assert!(error.to_string().starts_with(&expected), "{error}");
    for index in [
        "ecs_region_index.json",
        "ec2_region_index.json",
        "plans_region_index.json",
    ] {
        server.put(&path_of(index), &fixture(index));
    }
    let nowhere = ["xx-none-1".to_owned()];
    let error = super::refresh::download(&client, &source, &nowhere).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("AmazonECS: no price file for xx-none-1"),
        "{error}"
    );
    // A server that always breaks off at the same place is given up.
    let offer = "offers/v1.0/aws/AmazonECS/20261113200000/us-east-1/index.csv";
    server.put(offer, &fixture("ecs.csv"));
    server.cut(offer, 99, 10);
    let error = super::refresh::download(&client, &source, &regions).unwrap_err();
    assert!(error.to_string().contains("broke off 5 times"), "{error}");
    assert!(!place.mirror().join(path_of("ecs.csv")).exists());
}

#[test]
fn large_files_have_the_structure_of_small_ones() {
    for extension in ["csv", "json"] {
        let dir = Dir::new();
        let path = dir.0.join(format!("index.{extension}"));
        let products = large::generate(&path, 2).unwrap();
        let size = fs::metadata(&path).unwrap().len();
        assert!((1_500_000..2_500_000).contains(&size), "{size}");
        let offer = ec2::read(&path, large::REGION).unwrap();
        assert_eq!(offer.on_demand.len(), products.div_ceil(10));
        assert_eq!(offer.reserved.len(), offer.on_demand.len() * 12);
    }
}

/// 300 MB of each shape stay under 300 MB of memory. Slow, and of use on Linux alone, where the kernel counts:
/// `cargo test -p xtask large_offers -- --ignored --nocapture --test-threads 1`.
#[test]
#[ignore = "writes and reads 600 MB"]
fn large_offers_as_csv_stay_small_in_memory() {
    measure("csv");
}

/// See above.
#[test]
#[ignore = "writes and reads 600 MB"]
fn large_offers_as_json_stay_small_in_memory() {
    measure("json");
}

fn measure(extension: &str) {
    let dir = Dir::new();
    let path = dir.0.join(format!("index.{extension}"));
    large::generate(&path, 300).unwrap();
    let size = fs::metadata(&path).unwrap().len() / 1_000_000;
    let start = std::time::Instant::now();
    let offer = ec2::read(&path, large::REGION).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let peak: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    println!(
        "{extension}: {size} MB in {seconds:.1} s, peak {} MB, {} prices on demand, {} reserved",
        peak / 1_000,
        offer.on_demand.len(),
        offer.reserved.len()
    );
    assert!(peak < 300_000, "{peak} kB");
}

/// Nothing quoted is called derived and the other way round.
#[test]
fn every_source_of_the_new_book_has_its_grade() {
    let book = PriceBook::parse(NEW_BOOK).unwrap();
    for source in &book.sources {
        // What Spot costs by the advisor is computed from its savings.
        let advisor = source.text.contains("spot-advisor");
        let remarked =
            advisor || source.text.ends_with(')') && !source.text.contains("current/ (us-east-1)");
        assert_eq!(source.grade == Grade::Quoted, !remarked, "{}", source.text);
    }
}
