//! Calendar dates, as they are written in front matter.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The names of the months as Germans write them.
pub const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// Makes a date; refuses days that no calendar has.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let valid = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (valid && (1..=days_in(year, month)).contains(&day)).then_some(Date { year, month, day })
    }

    /// Reads `2025-12-24`.
    pub fn parse(text: &str) -> Option<Date> {
        if !Date::has_iso_form(text) {
            return None;
        }
        Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// Whether a text has the form of a date, even if no calendar has that day.
    pub fn has_iso_form(text: &str) -> bool {
        text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| is_iso_byte(at, byte))
    }

    /// Reads `24.12.2025`, to suggest the form that is expected.
    pub fn parse_german(text: &str) -> Option<Date> {
        let mut parts = text.split('.').map(str::trim);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || parts.next().is_some() {
            // `22` can be 1922 or 2022; what follows a year is no day either.
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Returns the day that holds a Unix time in seconds (UTC).
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// `civil_from_days`.
    pub fn from_unix(seconds: i64) -> Option<Date> {
        let days = seconds.div_euclid(86_400) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// Returns how many days lie between the day and the first of the count, to tell how old
    /// something is. Source: as for [`Date::from_unix`], `days_from_civil`.
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + day_of_year
    }

    /// Returns `2025-12-24`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Returns `24. Dezember 2025`, with a no-break space behind the day.
    pub fn german(self) -> String {
        format!("{}.\u{a0}{} {}", self.day, GERMAN_MONTHS[usize::from(self.month) - 1], self.year)
    }

    /// Returns `24 December 2025`, with a no-break space behind the day.
    pub fn english(self) -> String {
        format!("{}\u{a0}{} {}", self.day, ENGLISH_MONTHS[usize::from(self.month) - 1], self.year)
    }
}

fn is_iso_byte(at: usize, byte: u8) -> bool {
    if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_between_two_dates() {
        let days = |from: &str, to: &str| Some(Date::parse(to)?.days() - Date::parse(from)?.days());
        assert_eq!(days("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days("2023-12-31", "2024-01-01"), Some(1));
        assert_eq!(days("1970-01-01", "2026-11-26"), Some(20_783));
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        assert!(Date::parse("2024-02-29").is_some());
        for text in ["2023-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "24.12.2025", "", "2025-12-2ä"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn german_dates_have_a_month_in_words() {
        assert_eq!(Date::parse("2025-04-01").unwrap().german(), "1.\u{a0}April 2025");
    }

    #[test]
    fn unix_time_has_a_day() {
        assert_eq!(Date::from_unix(0).unwrap().iso(), "1970-01-01");
        assert_eq!(Date::from_unix(1_709_164_800).unwrap().iso(), "2024-02-29");
        assert_eq!(Date::from_unix(-1).unwrap().iso(), "1969-12-31");
    }
}
