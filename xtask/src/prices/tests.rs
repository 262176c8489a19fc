//! The chore on small tables written by hand.

use std::env;
use std::sync::atomic::{AtomicU32, Ordering};

use super::figures::Figures;
use super::*;

/// Every table: four types, two regions, and the gaps and ages that matter.
const TABLES: [(&str, &str); 8] = [
    (
        "ec2_types.csv",
        "instance_type,arch,vcpu,memory_gib,burstable,bare_metal,gpu_count,gpu_model,gpu_memory_mib_each,accelerator_count,accelerator_model,max_enis,as_of,source
m7g.large,arm64,2,8,false,false,0,,,0,,3,2026-07-11,owner/specs
m7gd.large,arm64,2,8,false,false,0,,,0,,3,2026-07-11,owner/specs
t3.nano,x86_64,2,0.5,true,false,0,,,0,,2,2026-07-11,owner/specs
g4dn.xlarge,x86_64,4,16,false,false,1,t4,16384,0,,3,2026-07-11,owner/specs
",
    ),
    (
        "ecs_eni_limits.csv",
        "instance_type,tasks_without_trunking,tasks_with_trunking,as_of,source
m7g.large,2,10,2026-10,https://example.org/limits
m6gd.large,2,99,2026-10,https://example.org/limits
g4dn.xlarge,2,,2026-10,https://example.org/limits
",
    ),
    (
        "managed_instances_types.csv",
        "family,arch,accelerated,as_of,source
m7g,arm64,false,2026-10,https://example.org/managed
t3,x86_64,false,2026-10,https://example.org/managed
",
    ),
    (
        "ec2_prices.csv",
        "region,instance_type,os,purchase,hour_usd,as_of,source
xx-test-1,m7g.large,linux,on_demand,0.0816,2026-07-20,owner/list
xx-test-1,m7g.large,linux,spot,0.0900,2026-08-10,owner/spot-price-data.json
xx-test-1,m7gd.large,linux,on_demand,0.1068,2026-07-20,owner/list
xx-test-1,m7gd.large,linux,spot,0.04,2025-06-13,owner/export
xx-test-1,t3.nano,linux,on_demand,0.0052,2026-07-20,owner/list
xx-test-1,c6gn.metal,linux,on_demand,2.7648,2026-07-20,owner/list
xx-test-2,g4dn.xlarge,linux,on_demand,0.526,2026-07-20,owner/list
",
    ),
    (
        "spot_advisor.csv",
        "region,instance_type,os,savings_over_on_demand_pct,interruption_band,as_of,source
xx-test-1,m7g.large,linux,71,5-10%,2025-06-28,owner/advisor
xx-test-1,z9.large,linux,50,<5%,2025-06-28,owner/advisor
xx-test-2,g4dn.xlarge,linux,40,>20%,2025-06-28,owner/advisor
",
    ),
    (
        "fargate.csv",
        "region,os,arch,purchase,dimension,usd,unit,as_of,source
xx-test-1,linux,any,on_demand,ephemeral_gb_hour,0.000111,USD,2026-09-28,owner/fargate
xx-test-1,linux,x86_64,on_demand,vcpu_hour,0.04048,USD,2026-09-29,\"owner/fargate (checked, twice)\"
",
    ),
    (
        "managed_instances.csv",
        "subject,region,metric,value,valid_from,valid_to,as_of,source
\"all instance types except G, P and Trainium\",all,fee_ratio_of_on_demand,0.12,2025-09-30,,2026-05-26,owner/fees
G series,all,fee_ratio_of_on_demand,0.12,2025-09-30,2026-06-30,2026-05-26,owner/fees
P series,all,fee_ratio_of_on_demand,0.12,2025-09-30,2026-06-30,2026-05-26,owner/fees
G series,all,fee_cut_pct,35,2026-07-01,,2026-07-07,https://example.org/cut
P series,all,fee_cut_pct,60,2026-07-01,,2026-07-07,https://example.org/cut
G series,xx-test-2,fee_ratio_of_on_demand_measured,0.078,2026-07-01,,2026-09,a bill
ECS Anywhere external instance,all,fee_hour_usd,0.01025,,,2026-09-20,owner/fees
",
    ),
    (
        "adjacent.csv",
        "region,item,unit,usd,as_of,source
all,public_ipv4,address-hour,0.004,2024-01-01,owner/adjacent
all,free_allowance,GB,0,2024-01-01,owner/adjacent
xx-test-1,public_ipv4,address-hour,0.005,2026-09-28,owner/adjacent
xx-test-1,internet_egress,GB,0.09,2026-09-28,owner/adjacent
xx-test-2,ebs_gp3_storage,GB-month,0.08,2026-09-28,owner/adjacent
",
    ),
];

/// A directory that goes with the test.
pub(super) struct Dir(pub(super) PathBuf);

impl Dir {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = env::temp_dir().join(format!("berth-prices-{}-{count}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    /// With the tables, one text in one of them changed.
    fn with(file: &str, from: &str, to: &str) -> Self {
        let dir = Self::new();
        for (name, text) in TABLES {
            let text = if name == file {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            } else {
                text.to_owned()
            };
            fs::write(dir.0.join(name), text).unwrap();
        }
        dir
    }

    fn make(&self, region: &str) -> Result<String, Error> {
        make(&Options {
            from: self.0.clone(),
            to: self.0.clone(),
            regions: vec![region.to_owned()],
        })?;
        Ok(fs::read_to_string(self.0.join(format!("{region}.txt"))).unwrap())
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn plain() -> Dir {
    Dir::with("", "", "")
}

const BOOK: &str = "\
berth-prices 1
# Made by `cargo xtask prices`; docs/prices.md explains every line.
region xx-test-1

[sources]
@0 2026-09 quoted - a bill
@1 2026-07-07 derived - https://example.org/cut (60 % off a fee of 0.12)
@2 2026-10 quoted - https://example.org/limits
@3 2026-10 assumed - https://example.org/limits (no row for m7gd.large: taken from m7g.large)
@4 2026-10 quoted - https://example.org/managed
@5 2026-09-28 quoted - owner/adjacent
@6 2025-06-28 derived - owner/advisor
@7 2025-06-13 quoted - owner/export
@8 2026-09-28 quoted - owner/fargate
@9 2026-09-29 quoted - owner/fargate (checked, twice)
@10 2026-05-26 quoted - owner/fees
@11 2026-05-26 assumed - owner/fees (for Inferentia: the announcement of the cut for G, P and Trainium does not name it)
@12 2026-07-20 quoted - owner/list
@13 2026-07-11 quoted - owner/specs
@14 2026-07-11 derived - owner/specs (network interfaces less one; not on ECS's list of types that trunk)
@15 2026-08-10 quoted lowest owner/spot-price-data.json

[types]
m7g arm64 large
m7gd arm64 large
t3 x86_64 nano

[spec]
m7g @13 2/8
m7gd 2/8
t3 2/0.5

[flags]
t3 b

[gpus]

[accelerators]

[managed_instances @4]
m7g y

[eni]
m7g @2 2/10
m7gd @3 2/10
t3 @14 1/-

[ec2 linux on_demand]
m7g @12 0.0816
m7gd 0.1068
t3 0.0052

[ec2 linux spot]
m7g @15 0.09
m7gd @7 0.04

[advisor linux]
m7g @6 71/5-10%

[fargate]
linux any on_demand ephemeral_gb_hour @8 0.000111
linux x86_64 on_demand vcpu_hour @9 0.04048

[managed_fees]
* @10 0.12
g @0 0.078
gr @0 0.078
inf @11 0.12
p @1 0.048

[adjacent]
public_ipv4 @5 0.005

[end]
";

#[test]
fn tables_become_a_book_with_every_origin_and_rule() {
    assert_eq!(plain().make("xx-test-1").unwrap(), BOOK);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let dir = plain();
    for (name, text) in TABLES {
        let mut rows: Vec<&str> = text.lines().collect();
        rows[1..].reverse();
        fs::write(dir.0.join(name), rows.join("\n")).unwrap();
    }
    // The source of the list of families is one whichever row comes first.
    assert_eq!(dir.make("xx-test-1").unwrap(), BOOK);
}

#[test]
fn every_region_has_a_book_and_the_index_names_them_by_digest() {
    let dir = plain();
    make(&Options {
        from: dir.0.clone(),
        to: dir.0.clone(),
        regions: Vec::new(),
    })
    .unwrap();
    let list = fs::read_to_string(dir.0.join("index.txt")).unwrap();
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0], "berth-books 1");
    let regions: Vec<&str> = lines[1..]
        .iter()
        .map(|line| line.split_once(' ').unwrap().0)
        .collect();
    assert_eq!(regions, ["xx-test-1", "xx-test-2"]);
    // Another text, another digest.
    let changed = Dir::with("ec2_prices.csv", "0.526", "0.527");
    changed.make("xx-test-2").unwrap();
    let other = fs::read_to_string(changed.0.join("index.txt")).unwrap();
    assert_ne!(other.lines().last(), list.lines().last());
}

#[test]
fn a_refused_region_leaves_every_book_as_it_was() {
    let dir = plain();
    let refused = make(&Options {
        from: dir.0.clone(),
        to: dir.0.clone(),
        regions: vec!["xx-test-1".to_owned(), "xx-test-9".to_owned()],
    });
    assert!(refused.is_err());
    assert!(!dir.0.join("xx-test-1.txt").exists());
}

#[test]
fn a_type_that_cannot_trunk_says_so() {
    let text = plain().make("xx-test-2").unwrap();
    let derived = "2026-07-11 derived - https://example.org/limits (trunking not supported; \
                   the limit is the network interfaces less one); owner/specs";
    assert!(text.contains(derived), "{text}");
    assert!(text.contains(" 2/-\n"), "{text}");
    assert!(text.contains("[gpus]\ng4dn 1/t4/16384\n"), "{text}");
    // What holds everywhere holds here too, where the region has no figure of its own.
    assert!(text.contains(" 0.004\n"), "{text}");
}

#[test]
fn the_review_counts_and_names_what_looks_wrong() {
    let dir = plain();
    let figures = Tables::read(&dir.0).unwrap().region("xx-test-1").unwrap();
    let left_out = figures.left_out.clone();
    let mut book = figures.into_book();
    trust::mark(&mut book);
    assert_eq!(
        review::review(&book, &left_out),
        "\
xx-test-1: 3 types, 16 sources
  ec2 linux on_demand                3: 3 quoted, 2026-07-20
  ec2 linux spot                     2: 2 quoted, 2025-06-13 to 2026-08-10, 1 of them shown but not deciding
  fargate                            2: 2 quoted, 2026-09-28 to 2026-09-29
  managed instances fees             5: 3 quoted, 1 derived, 1 assumed, 2026-05-26 to 2026-09
  adjacent                           1: 1 quoted, 2026-09-28
looks wrong, stays: 1
  m7g.large linux spot: 0.09 beside 0.0816, not below on-demand
left out: 3
  c6gn.metal: priced, without specification
  free_allowance: no bill line uses it
  internet_egress: no bill line uses it
"
    );
}

#[test]
fn bad_input_is_refused_whole_with_file_line_field_value_and_limit() {
    for (file, from, to, message) in [
        (
            "ec2_prices.csv",
            "0.0816",
            "-0.0816",
            "ec2_prices.csv, line 2, hour_usd: `-0.0816` is not a price above 0, at most 100000 dollars, with at most ten decimals",
        ),
        (
            "ec2_prices.csv",
            "0.526",
            "0",
            "ec2_prices.csv, line 8, hour_usd: `0` is not a price above 0, at most 100000 dollars, with at most ten decimals",
        ),
        (
            "ec2_prices.csv",
            "linux,spot",
            "linux,sport",
            "ec2_prices.csv, line 3, purchase: `sport` is not a purchase such as on_demand, spot or ri_1y_no_upfront",
        ),
        (
            "ec2_prices.csv",
            "m7gd.large,linux,on_demand",
            "m7g.large,linux,on_demand",
            "ec2_prices.csv, line 4: a second row for (\"xx-test-1\", Linux, OnDemand, \"m7g.large\")",
        ),
        (
            "ec2_prices.csv",
            "2026-07-20",
            "2026-02-30",
            "ec2_prices.csv, line 2, as_of: `2026-02-30` is not a date such as 2026-10-05 or 2026-10",
        ),
        (
            "ec2_prices.csv",
            "purchase",
            "bought",
            "ec2_prices.csv: no column `purchase`",
        ),
        (
            "ec2_prices.csv",
            "0.0816,",
            "",
            "ec2_prices.csv: CSV error: record 1 (line: 2, byte: 55): found record with 6 fields, but the previous record has 7 fields",
        ),
        (
            "ec2_types.csv",
            "m7g.large,arm64,2,",
            "m7g.large,arm64,0,",
            "ec2_types.csv, line 2, vcpu: `0` is not a count from 1 to 65535",
        ),
        (
            "ec2_types.csv",
            "0.5,true",
            "0.0001,true",
            "ec2_types.csv, line 4, memory_gib: `0.0001` is not GiB above 0 of whole MiB",
        ),
        (
            "ec2_types.csv",
            "1,t4,16384",
            "1,,16384",
            "ec2_types.csv, line 5, gpu_model: `` is not a model, where there are GPUs",
        ),
        (
            "spot_advisor.csv",
            "71,5-10%",
            "100,5-10%",
            "spot_advisor.csv, line 2, savings_over_on_demand_pct: `100` is not percent from 0 to 99",
        ),
        (
            "spot_advisor.csv",
            "5-10%",
            "5-11%",
            "spot_advisor.csv, line 2, interruption_band: `5-11%` is not <5%, 5-10%, 10-15%, 15-20% or >20%",
        ),
        (
            "fargate.csv",
            "x86_64",
            "riscv",
            "fargate.csv, line 3, arch: `riscv` is not x86_64 or arm64",
        ),
        (
            "managed_instances.csv",
            "P series,all,fee_cut_pct,60",
            "P series,all,fee_cut_pct,160",
            "managed_instances.csv, line 6, value: `160` is not per cent from 0 to 100",
        ),
        (
            "managed_instances.csv",
            "P series,all,fee_cut_pct",
            "Q series,all,fee_cut_pct",
            "managed_instances.csv, line 6, subject: `Q series` is not a series of families that is known",
        ),
    ] {
        let dir = Dir::with(file, from, to);
        let old = dir.0.join("xx-test-1.txt");
        fs::write(&old, "the old book").unwrap();
        let error = dir.make("xx-test-1").unwrap_err().to_string();
        assert_eq!(error, format!("{message}\nnothing was written"));
        assert_eq!(fs::read_to_string(&old).unwrap(), "the old book");
    }
}

#[test]
fn a_region_or_file_that_is_not_there_is_named() {
    let dir = plain();
    let error = dir.make("xx-test-9").unwrap_err().to_string();
    assert!(error.starts_with("ec2_prices.csv: no price for region `xx-test-9`"));
    fs::remove_file(dir.0.join("fargate.csv")).unwrap();
    let error = dir.make("xx-test-1").unwrap_err().to_string();
    assert!(error.contains("fargate.csv: "), "{error}");
    assert!(!dir.0.join("xx-test-1.txt").exists());
}

#[test]
fn a_book_gives_back_the_figures_that_it_was_made_from() {
    for text in [BOOK, berth_model::prices::embedded::US_EAST_1] {
        let book = PriceBook::parse(text).unwrap();
        let mut again = Figures::from_book(&book).unwrap().into_book();
        trust::mark(&mut again);
        assert_eq!(again, book);
        assert_eq!(again.to_text(), text);
    }
}
