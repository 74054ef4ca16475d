//! What is known of the versions of crates, for the cost of moving to them: the index's own words, and the advisories
//! that are on this disk.

use airights::suggest::Release;
use airights_registry::IndexEntry;
use serde::Deserialize;
use time::{Date, Month};

use crate::advisories::{Advisory, AdvisoryDatabase};

/// What can be looked up.
pub(super) struct ReleaseInfo {
    advisories: Option<AdvisoryDatabase>,
}

/// The first of January 1970, as a Julian day.
const FIRST_DAY: i32 = 2_440_588;

/// The part of an index line that says more of a version than cargo's resolver asks for.
#[derive(Default, Deserialize)]
pub(super) struct Details {
    /// The oldest Rust it is built with.
    #[serde(default)]
    pub(super) rust_version: Option<String>,
    /// When it was published, as RFC 3339 spells it.
    #[serde(default)]
    pub(super) pubtime: Option<String>,
}

impl Details {
    /// What the index says of a version. Nothing, where it does not.
    pub(super) fn of(entry: &IndexEntry) -> Self {
        serde_json::from_str(&entry.line).unwrap_or_default()
    }

    /// The day it was published, counted from the first of January 1970.
    fn day(&self) -> Option<usize> {
        let (day, _) = self.pubtime.as_deref()?.split_once('T')?;
        let mut numbers = day.split('-').map(|number| number.parse::<u16>().ok());
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
        usize::try_from(date.to_julian_day() - FIRST_DAY).ok()
    }
}

impl ReleaseInfo {
    pub(super) fn new(advisories: Option<AdvisoryDatabase>) -> Self {
        Self { advisories }
    }

    /// Whether there is an advisory database.
    pub(super) fn has_advisories(&self) -> bool {
        self.advisories.is_some()
    }

    pub(super) fn advisories(&self, name: &str) -> Vec<Advisory> {
        let known = self.advisories.as_ref();
        known.map(|known| known.of_crate(name)).unwrap_or_default()
    }
}

pub(super) fn release(entry: &IndexEntry, advisories: &[Advisory]) -> Release {
    let about = advisories.iter().filter(|advisory| advisory.is_about(&entry.version));
    Release {
        version: entry.version.clone(),
        is_yanked: entry.yanked,
        published: Details::of(entry).day(),
        advisories: about.map(|advisory| advisory.id.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_where_the_index_says_when() {
        let day = |pubtime: Option<&str>| {
            let details = Details {
                pubtime: pubtime.map(str::to_owned),
                ..Details::default()
            };
            details.day()
        };
        assert_eq!(day(Some("1970-01-02T00:00:01Z")), Some(1));
        assert_eq!(day(Some("2024-02-29T23:59:59Z")), Some(19_782));
        assert_eq!(
            (day(Some("1969-01-01T00:00:00Z")), day(Some("soon")), day(None)),
            (None, None, None)
        );
    }
}
