//! How numbers and options are worded for people. English, US dollars.

use crate::bill::{Component, Coverable, Item, Line, Unit};
use crate::date::Date;
use crate::eligibility::Obstacle;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::{Arch, Os};
use crate::prices::key::PriceKey;
use crate::prices::{
    Adjacent, FargateDimension, Grade, Interruption, PriceBook, SourceId, Statistic, age,
};
use crate::purchase::{Commitment, CommitmentKind, Payment, PriceKind, Term};
use crate::report::{Missing, SetAside, Upfront};
use rust_decimal::Decimal;

/// Money as people write it: `$143.20`, `$1,204` from a thousand on, `$0.0421` below ten cents.
pub fn money(amount: Usd) -> String {
    let value = amount.decimal();
    let size = value.abs();
    let decimals = if size >= Decimal::from(1_000) {
        0
    } else if size >= Decimal::new(10, 2) || size.is_zero() {
        2
    } else {
        4
    };
    let rounded = size.round_dp(decimals);
    let text = format!("{rounded:.*}", usize::try_from(decimals).unwrap_or(2));
    let sign = if value.is_sign_negative() && !rounded.is_zero() {
        "−"
    } else {
        ""
    };
    format!("{sign}${}", grouped(&text))
}

/// Money to the cent, thousands grouped: `$1,204.33`.
pub fn money_to_the_cent(amount: Usd) -> String {
    let cents = amount.rounded_to_cents().decimal();
    let sign = if cents.is_sign_negative() && !cents.is_zero() {
        "−"
    } else {
        ""
    };
    format!("{sign}${}", grouped(&format!("{:.2}", cents.abs())))
}

/// A price of one unit, every decimal of it: `$0.04048`.
pub fn rate(rate: Usd) -> String {
    format!("${}", grouped(&rate.decimal().normalize().to_string()))
}

/// A quantity with at most two decimals, thousands grouped.
pub fn quantity(value: Decimal) -> String {
    grouped(&value.round_dp(2).normalize().to_string())
}

/// A whole count, thousands grouped.
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// `1 task`, `12 tasks`.
pub fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// A share as a whole percentage; one decimal below ten.
pub fn percent(share: Decimal) -> String {
    let percent = share * Decimal::from(100);
    let decimals = u32::from(percent.abs() < Decimal::TEN);
    format!("{} %", percent.round_dp(decimals).normalize())
}

/// With its first letter as a capital, where that is an ASCII one.
pub fn sentence_case(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn grouped(number: &str) -> String {
    let (whole, rest) = match number.split_once('.') {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (number, None),
    };
    let mut text = String::with_capacity(number.len() + 4);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) && digit.is_ascii_digit() {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push('.');
        text.push_str(rest);
    }
    text
}

/// What a place is called.
pub const fn place(place: Place) -> &'static str {
    match place {
        Place::Fargate => "Fargate",
        Place::Ec2 => "EC2",
        Place::ManagedInstances => "Managed Instances",
    }
}

/// What an architecture is called.
pub const fn arch(arch: Arch) -> &'static str {
    match arch {
        Arch::X86 => "x86",
        Arch::Arm => "Arm",
    }
}

/// What a commitment is called.
pub fn commitment(commitment: Commitment) -> String {
    let kind = match commitment.kind {
        CommitmentKind::ComputeSavingsPlan => "Compute Savings Plan",
        CommitmentKind::Ec2InstanceSavingsPlan => "EC2 Instance Savings Plan",
        CommitmentKind::ReservedInstance => "Reserved Instances",
        CommitmentKind::ConvertibleReservedInstance => "Convertible Reserved Instances",
        CommitmentKind::Unstated => "commitment whose kind the source does not state",
    };
    let term = match commitment.term {
        Term::OneYear => "one-year",
        Term::ThreeYears => "three-year",
    };
    let payment = match commitment.payment {
        Payment::NoUpfront => "",
        Payment::PartialUpfront => ", partial upfront",
        Payment::AllUpfront => ", all upfront",
    };
    format!("{term} {kind}{payment}")
}

/// What a purchase is called.
pub fn purchase(purchase: Purchase) -> String {
    match purchase {
        Purchase::OnDemand => "on-demand".to_owned(),
        Purchase::SpotMix => "Spot mix".to_owned(),
        Purchase::Committed(one) => commitment(one),
    }
}

/// What an option is called: `EC2 on Arm, on-demand`.
pub fn option(option: OptionId) -> String {
    format!(
        "{} on {}, {}",
        place(option.place),
        arch(option.arch),
        purchase(option.purchase)
    )
}

/// What a kind of price is called.
pub fn price_kind(kind: PriceKind) -> String {
    match kind {
        PriceKind::OnDemand => "on-demand".to_owned(),
        PriceKind::Spot => "Spot".to_owned(),
        PriceKind::Committed(one) => commitment(one),
    }
}

/// What a bill line is for.
pub fn line(line: &Line, book: &PriceBook) -> String {
    let name = |index: usize| {
        book.types
            .get(index)
            .map_or("instances", |instance| &*instance.name)
    };
    match line.item {
        Item::FargateVcpu => format!("Fargate vCPU, {}", price_kind(line.kind)),
        Item::FargateMemory => format!("Fargate memory, {}", price_kind(line.kind)),
        Item::FargateOsLicense => format!("Windows licence, {}", price_kind(line.kind)),
        Item::FargateEphemeral => "Ephemeral storage beyond 20 GiB".to_owned(),
        Item::Instances(index) => format!("{}, {}", name(index), price_kind(line.kind)),
        Item::ManagedFee(index) => format!("Management fee of {}", name(index)),
        Item::SurplusCredits(index) => format!("Surplus CPU credits of {}", name(index)),
        Item::InstanceVolume => "EBS gp3 volume of each instance".to_owned(),
        Item::TaskVolume => "EBS gp3 for scratch space beyond 20 GiB".to_owned(),
        Item::UnusedCommitment => "Committed and not used".to_owned(),
        Item::Covered(what) => {
            let what = match what {
                Coverable::Instances(index) => name(index),
                Coverable::Vcpu => "Fargate vCPU",
                Coverable::Memory => "Fargate memory",
                Coverable::License => "Windows licence on Fargate",
            };
            format!("{what}, covered by what you own")
        }
        Item::Beside(item) => beside(item).to_owned(),
        Item::StaffTime => "Staff time for running the fleet".to_owned(),
        Item::Discount => {
            let percent = -line.rate.decimal() * Decimal::from(100);
            format!(
                "Discount of {} % on lines at list price",
                percent.normalize()
            )
        }
    }
}

/// What a quantity counts.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::VcpuHours => "vCPU-hours",
        Unit::GibHours => "GiB-hours",
        Unit::InstanceHours => "instance-hours",
        Unit::GbMonths => "GB-months",
        Unit::Usd => "dollars",
        Unit::Hours => "hours",
        Unit::Gb => "GB",
        Unit::LcuHours => "LCU-hours",
        Unit::StaffHours => "staff hours",
    }
}

/// What a kind of spend is called.
pub const fn component(component: Component) -> &'static str {
    match component {
        Component::Compute => "Compute",
        Component::Memory => "Memory",
        Component::License => "Windows licence",
        Component::Storage => "Storage",
        Component::Fee => "Management fee",
        Component::Unused => "Committed, not used",
        Component::Beside => "Network and logs",
        Component::Staff => "Staff time",
    }
}

/// How far a figure can be trusted, and what it is the statistic of.
pub fn grade(grade: Grade, statistic: Option<Statistic>) -> String {
    match statistic {
        None => grade.id().to_owned(),
        Some(Statistic::Lowest) => format!("{}, lowest of the region", grade.id()),
        Some(Statistic::Average) => format!("{}, average of recent prices", grade.id()),
        Some(Statistic::Published) => format!("{}, AWS's published feed", grade.id()),
    }
}

/// Why an option cannot run the service.
pub fn obstacle(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::Requirement(requirement, reason) => {
            format!("{} — {reason}", requirement.row().label)
        }
        Obstacle::Place => "the service is not to run there".to_owned(),
        Obstacle::Architecture => "the image is not built for this architecture".to_owned(),
        Obstacle::WindowsOnArm => "Windows containers run on x86 only".to_owned(),
        Obstacle::NoSpotStrategy => "the service has no Spot share".to_owned(),
        Obstacle::NoFargateSize => "no Fargate size holds the task".to_owned(),
        Obstacle::NoInstanceType => "no instance type that may be chosen holds the task".to_owned(),
    }
}

/// Which price is missing.
pub fn missing(missing: Missing, region: &str) -> String {
    match missing {
        Missing::Fargate(kind, dimension) => {
            let what = match dimension {
                FargateDimension::Vcpu => "vCPU",
                FargateDimension::Memory => "memory",
                FargateDimension::OsLicense => "the Windows licence",
                FargateDimension::Ephemeral => "ephemeral storage",
            };
            format!(
                "no price for Fargate {what}, {}, in {region}",
                price_kind(kind)
            )
        }
        Missing::Ec2(kind, candidates) => format!(
            "no price for {}, in {region}, on any of {} that fit",
            price_kind(kind),
            counted(candidates as u64, "type", "types")
        ),
        Missing::Adjacent(item) => format!("no price for {} in {region}", adjacent(item)),
        Missing::ManagedFee => format!("no fee for Managed Instances in {region}"),
    }
}

/// What something beside compute is called.
pub const fn adjacent(item: Adjacent) -> &'static str {
    match item {
        Adjacent::EbsGp3Storage => "EBS gp3 storage (switch EBS volumes off to leave it out)",
        Adjacent::PublicIpv4 => "public IPv4 addresses",
        Adjacent::NatGatewayHour => "NAT gateways",
        Adjacent::NatGatewayData => "NAT gateway data",
        Adjacent::AlbHour => "load balancers",
        Adjacent::AlbLcu => "load balancer capacity",
        Adjacent::LogsIngest => "log ingestion",
        Adjacent::LogsStorage => "log storage",
        Adjacent::CrossAzData => "cross-zone data",
        Adjacent::VpcEndpointHour => "VPC interface endpoints",
        Adjacent::VpcEndpointData => "VPC interface endpoint data",
    }
}

/// What a bill line beside compute is for.
pub const fn beside(item: Adjacent) -> &'static str {
    match item {
        Adjacent::EbsGp3Storage => "EBS gp3 storage",
        Adjacent::PublicIpv4 => "Public IPv4 addresses",
        Adjacent::NatGatewayHour => "NAT gateways, one in each zone",
        Adjacent::NatGatewayData => "Data through NAT gateways, image pulls included",
        Adjacent::AlbHour => "Application load balancer",
        Adjacent::AlbLcu => "Load balancer capacity",
        Adjacent::LogsIngest => "CloudWatch Logs, ingested",
        Adjacent::LogsStorage => "CloudWatch Logs, stored",
        Adjacent::CrossAzData => "Data between zones",
        Adjacent::VpcEndpointHour => "VPC interface endpoints, three in each zone",
        Adjacent::VpcEndpointData => "Data through VPC interface endpoints",
    }
}

/// What a price is called: `m7g.large, on-demand`.
pub fn price_name(key: &PriceKey) -> String {
    let windows = |os: Os| if os == Os::Windows { ", Windows" } else { "" };
    match key {
        PriceKey::Ec2(os, kind, name) => format!("{name}, {}{}", price_kind(*kind), windows(*os)),
        PriceKey::Fargate(os, arch_of, kind, dimension) => {
            let what = match dimension {
                FargateDimension::Vcpu => "vCPU",
                FargateDimension::Memory => "memory",
                FargateDimension::OsLicense => "Windows licence",
                FargateDimension::Ephemeral => "ephemeral storage",
            };
            let on = arch_of.map_or_else(String::new, |one| format!(" on {}", arch(one)));
            format!("Fargate {what}{on}, {}{}", price_kind(*kind), windows(*os))
        }
        PriceKey::Fee(letters) if letters.is_empty() => {
            "Management fee of all other families".to_owned()
        }
        PriceKey::Fee(letters) => format!("Management fee of families {letters}"),
        PriceKey::Beside(item) => beside(*item).to_owned(),
    }
}

/// Where a figure comes from: `2026-07-20, quoted: https://…`; without a date where it has none.
pub fn source(id: SourceId, book: &PriceBook) -> Option<String> {
    let source = book.source(id)?;
    if !id.has_date() {
        return Some(source.text.to_string());
    }
    let grade = grade(source.grade, source.statistic);
    Some(format!("{}, {grade}: {}", source.date_text(), source.text))
}

/// What there is to know of a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceFacts {
    /// The figure with its unit; `no price` where there is none.
    pub figure: String,
    /// Whether it is the user's own.
    pub is_own: bool,
    /// Grade, date and source, by name.
    pub facts: Vec<(&'static str, String)>,
}

/// What there is to know of a price on a day.
pub fn price_facts(key: &PriceKey, book: &PriceBook, today: Date) -> PriceFacts {
    let quote = book.quote(key);
    let Some((quote, source)) = quote.and_then(|quote| Some((quote, book.source(quote.source)?)))
    else {
        return PriceFacts {
            figure: "no price".to_owned(),
            is_own: false,
            facts: Vec::new(),
        };
    };
    let is_own = quote.source == SourceId::OWN;
    let mut facts = vec![("Grade", grade(source.grade, source.statistic))];
    if quote.source.is_of_book() {
        let kind = match key {
            PriceKey::Ec2(_, kind, _) | PriceKey::Fargate(_, _, kind, _) => *kind,
            PriceKey::Fee(_) | PriceKey::Beside(_) => PriceKind::OnDemand,
        };
        let date = if book.is_old(kind, quote.source, today) {
            format!(
                "{}, old: more than {} days",
                source.date_text(),
                age::days(kind)
            )
        } else {
            source.date_text()
        };
        facts.push(("Date", date));
    }
    facts.push(("Source", source.text.to_string()));
    let figure = match key {
        PriceKey::Fee(_) => format!(
            "{} of the Linux on-demand price",
            percent(quote.rate.usd().decimal())
        ),
        _ => format!("{} {}", rate(quote.rate.usd()), per(key)),
    };
    PriceFacts {
        figure,
        is_own,
        facts,
    }
}

/// The unit of a price without its currency: `per vCPU-hour`.
fn per(key: &PriceKey) -> &'static str {
    let unit = key.unit();
    unit.strip_prefix("USD ").unwrap_or(unit)
}

/// The oldest date that a total rests on, and what else there is to know of its prices: `oldest
/// price 2026-07-20`.
pub fn price_date(oldest: Option<Date>, is_old: bool, has_own: bool) -> String {
    let mut text = oldest.map_or_else(String::new, |date| format!("oldest price {date}"));
    let mut add = |words: &str| {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(words);
    };
    if is_old {
        add("some old for their kind");
    }
    if has_own {
        add("with prices of your own");
    }
    text
}

/// How often Spot of a type was interrupted.
pub const fn interruption(band: Interruption) -> &'static str {
    match band {
        Interruption::Under5 => "less than 5 %",
        Interruption::Under10 => "5 to 10 %",
        Interruption::Under15 => "10 to 15 %",
        Interruption::Under20 => "15 to 20 %",
        Interruption::Over20 => "more than 20 %",
    }
}

/// What is paid in advance; nothing where nothing is.
pub fn upfront(upfront: Upfront) -> Option<String> {
    match upfront {
        Upfront::Cash(amount) if amount == Usd::ZERO => None,
        Upfront::Cash(amount) => Some(format!(
            "{} are paid in advance for the whole term; the total holds a month's share.",
            money(amount)
        )),
        Upfront::AtLeast(amount) => Some(format!(
            "At least {} are paid in advance for the whole term; the total holds a month's share.",
            money(amount)
        )),
        Upfront::NotQuoted => {
            Some("Part of it is paid in advance; the source does not say how much.".to_owned())
        }
    }
}

/// Why a priced option does not take part in the verdict.
pub const fn set_aside(reason: SetAside) -> &'static str {
    match reason {
        SetAside::DoubtfulPrices => "shown only: its prices are stale or in doubt",
        SetAside::BeyondCommitment => "shown only: beyond the longest commitment",
        SetAside::Estimated => "shown only: its commitment rate is your estimate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_as_people_write_it() {
        for (amount, text) in [
            ("143.2", "$143.20"),
            ("1204.33", "$1,204"),
            ("1234567.5", "$1,234,568"),
            ("0.0421", "$0.0421"),
            ("0", "$0.00"),
            ("-41.005", "−$41.00"),
            ("999.999", "$1,000.00"),
        ] {
            assert_eq!(money(Usd::parse(amount).unwrap()), text);
        }
        assert_eq!(
            money_to_the_cent(Usd::parse("1204.335").unwrap()),
            "$1,204.34"
        );
        assert_eq!(rate(Usd::parse("0.04048").unwrap()), "$0.04048");
    }

    #[test]
    fn shares_keep_a_decimal_where_it_says_something() {
        assert_eq!(percent(Decimal::new(2213, 4)), "22 %");
        assert_eq!(percent(Decimal::new(213, 4)), "2.1 %");
    }
}
