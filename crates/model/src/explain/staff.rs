//! Staff time in words.

use rust_decimal::Decimal;

use super::Sentence;
use crate::inputs::InputId;
use crate::scenario::Staff;
use crate::staff::BreakEven;
use crate::words;

/// Up to how much staff time a fleet is worth it: `EC2 on Arm costs $120.00 a month less than
/// Fargate on Arm: worth it while running the fleet takes under 1.6 hours a month at $75 an hour.`
pub fn break_even(found: &BreakEven, staff: Staff) -> Sentence {
    let sentence = Sentence::default()
        .option(found.fleet)
        .text(" costs ")
        .money(found.saving)
        .text(" a month less than ")
        .option(found.other);
    let sentence = if staff.billed {
        sentence.text(", staff time apart")
    } else {
        sentence
    };
    let sentence = sentence
        .text(format!(
            ": worth it while running the fleet takes under {} a month at ",
            duration(found.hours)
        ))
        .input(InputId::StaffRate, format!("${}", found.rate.get()))
        .text(" an hour");
    if staff.billed {
        let hours = u64::from(staff.hours.get());
        sentence
            .text("; the bill counts ")
            .input(InputId::StaffHours, words::counted(hours, "hour", "hours"))
            .text(".")
    } else {
        sentence.text(".")
    }
}

/// Hours rounded down, so that "under" stays true: minutes below one hour, a decimal below ten.
fn duration(hours: Decimal) -> String {
    if hours >= Decimal::TEN {
        format!("{} hours", words::quantity(hours.floor()))
    } else if hours >= Decimal::ONE {
        let tenths = (hours * Decimal::TEN).floor();
        let hours = tenths / Decimal::TEN;
        let noun = if hours == Decimal::ONE {
            "hour"
        } else {
            "hours"
        };
        format!("{} {noun}", hours.normalize())
    } else {
        let minutes = (hours * Decimal::from(60)).floor();
        let noun = if minutes <= Decimal::ONE {
            "minute"
        } else {
            "minutes"
        };
        format!("{} {noun}", minutes.max(Decimal::ONE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_rounded_down() {
        for (hours, text) in [
            ("13.36", "13 hours"),
            ("1234.5", "1,234 hours"),
            ("9.99", "9.9 hours"),
            ("1.04", "1 hour"),
            ("0.99", "59 minutes"),
            ("0.001", "1 minute"),
        ] {
            assert_eq!(duration(hours.parse().unwrap()), text);
        }
    }
}
