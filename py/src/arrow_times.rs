//! Days and times of Arrow columns as text.

use std::cell::RefCell;
use std::collections::HashMap;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_schema::TimeUnit;
use detente::Day;
use pyo3::prelude::*;

use crate::json_bytes::write_json;

const SECONDS_PER_DAY: i64 = 86_400;
/// Offsets from UTC change at full quarters of an hour only.
const SECONDS_PER_QUARTER: i64 = 900;

/// Days since 1970-01-01 as `YYYY-MM-DD`; a day outside the calendar as a number, which no reader takes for a date.
pub(crate) fn day_of(days: i64) -> String {
    let day = Day::new(1970, 1, 1).map(|epoch| epoch.plus_days(days)).filter(|day| day.epoch_days() == days);
    day.map_or_else(|| format!("{days} days since 1970"), |day| day.to_string())
}

/// Appends a time stamp as JSON: its day in its own time zone, and the time.
pub(crate) fn write_time(
    column: &dyn Array,
    row: usize,
    unit: TimeUnit,
    zone: Option<&str>,
    out: &mut Vec<u8>,
) {
    let (value, per_second) = match unit {
        TimeUnit::Second => (column.as_primitive::<TimestampSecondType>().value(row), 1),
        TimeUnit::Millisecond => (column.as_primitive::<TimestampMillisecondType>().value(row), 1000),
        TimeUnit::Microsecond => (column.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000),
        TimeUnit::Nanosecond => (column.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000),
    };
    let seconds = value.div_euclid(per_second);
    let local = seconds + zone.map_or(0, |zone| offset_of(zone, seconds));
    let time = local.rem_euclid(SECONDS_PER_DAY);
    let day = day_of(local.div_euclid(SECONDS_PER_DAY));
    write_json(&format!("{day}T{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60), out);
}

thread_local! {
    /// Offsets that were looked up, by zone and quarter of an hour.
    static KNOWN: RefCell<HashMap<(String, i64), i64>> = RefCell::default();
}

/// The offset of a time zone from UTC, in seconds.
fn offset_of(zone: &str, seconds: i64) -> i64 {
    if zone == "UTC" {
        return 0;
    }
    if let Some(fixed) = fixed_offset(zone) {
        return fixed;
    }
    let key = (zone.to_owned(), seconds.div_euclid(SECONDS_PER_QUARTER));
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    // the interpreter has the time zones of the machine
    let ask = |py: Python<'_>| -> PyResult<i64> {
        py.import("detente._times")?.getattr("offset_seconds")?.call1((zone, seconds))?.extract()
    };
    let offset = Python::attach(ask).unwrap_or(0);
    KNOWN.with_borrow_mut(|known| known.insert(key, offset));
    offset
}

/// The seconds of an offset as `+02:00`.
fn fixed_offset(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}
