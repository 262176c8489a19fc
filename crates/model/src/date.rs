//! Calendar dates of prices, without a clock.

use std::fmt;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self(0);

    /// The day so many whole days after 1970-01-01; `None` beyond the year 9999.
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        let last = Self::new(9_999, 12, 31)?;
        (Self(days) <= last && days >= 0).then_some(Self(days))
    }

    /// The same for a day that is known to be one.
    pub(crate) const fn of_day(days: i32) -> Self {
        Self(days)
    }

    /// The day of `year`-`month`-`day`, or `None` where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let date = Self(days_from_civil(year, month, day));
        // A day past the month's end comes back as a day of the next month.
        (date.year_month_day() == (year, month, day)).then_some(date)
    }

    /// Reads `2026-10-05`. A date of month precision, `2026-10`, counts as the month's first
    /// day: the oldest that it can mean, so that nothing is shown younger than it is.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
        parts
            .next()
            .is_none()
            .then(|| Self::new(year, month, day))?
    }

    /// Whole days from `earlier` to this date; negative where `earlier` is later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub fn year_month_day(self) -> (i32, u32, u32) {
        // Howard Hinnant's civil_from_days, for years that fit four digits.
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let (month, day) = (month.cast_signed(), day.cast_signed());
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_between_dates_follow_the_calendar() {
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(day("1970-01-01").days_since(Date(0)), 0);
        assert_eq!(day("2026-10-05").days_since(day("2026-08-10")), 56);
        assert_eq!(day("2024-03-01").days_since(day("2024-02-28")), 2);
        assert_eq!(day("2023-03-01").days_since(day("2023-02-28")), 1);
    }

    #[test]
    fn a_month_counts_as_its_first_day() {
        assert_eq!(Date::parse("2026-10"), Date::new(2026, 10, 1));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-30",
            "2026-1-1-1",
            "x-1-1",
            "2026-00-10",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_prints_and_reads_back() {
        for days in 0..146_097 {
            let date = Date(days);
            assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
    }
}
