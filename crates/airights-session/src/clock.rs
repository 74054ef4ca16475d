//! The day it is. The engine is told; it never looks.

use airights::policy::Date;

/// Today, in UTC, so that an exception ends everywhere at the same moment.
pub fn today() -> Date {
    let now = time::OffsetDateTime::now_utc();
    let year = u16::try_from(now.year()).unwrap_or(u16::MAX);
    Date::new(year, u8::from(now.month()), now.day()).unwrap_or(Date::LAST)
}
