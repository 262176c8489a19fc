//! What Spot saves.

use rust_decimal::Decimal;

use crate::bill::{Bill, Item, Line};
use crate::money::Usd;
use crate::option::OptionId;
use crate::platform::Os;
use crate::prices::{FargateDimension, PriceBook};
use crate::purchase::PriceKind;

/// The share that the Spot lines of a bill save against the same quantities on-demand; `None`
/// where it has no such line, or an on-demand price is missing.
pub fn saving(book: &PriceBook, os: Os, option: OptionId, bill: &Bill) -> Option<Decimal> {
    let mut spot = Usd::ZERO;
    let mut list = Usd::ZERO;
    for line in bill
        .lines()
        .iter()
        .filter(|line| line.kind == PriceKind::Spot)
    {
        spot += line.amount;
        list += list_price(book, os, option, line)?.scaled(line.quantity);
    }
    (list - spot).ratio_to(list)
}

fn list_price(book: &PriceBook, os: Os, option: OptionId, line: &Line) -> Option<Usd> {
    let dimension = match line.item {
        Item::Instances(index) => {
            let column = book.ec2_column(os, PriceKind::OnDemand)?;
            return Some(column.quote(index)?.rate.usd());
        }
        Item::FargateVcpu => FargateDimension::Vcpu,
        Item::FargateMemory => FargateDimension::Memory,
        Item::FargateOsLicense => FargateDimension::OsLicense,
        Item::FargateEphemeral
        | Item::ManagedFee(_)
        | Item::SurplusCredits(_)
        | Item::InstanceVolume
        | Item::TaskVolume
        | Item::Covered(_)
        | Item::UnusedCommitment
        | Item::Beside(_)
        | Item::StaffTime
        | Item::Discount => return None,
    };
    Some(
        book.fargate(os, option.arch, PriceKind::OnDemand, dimension)?
            .rate
            .usd(),
    )
}
