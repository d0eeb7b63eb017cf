//! Ticks of a time axis.

use detente::Day;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS_PER_MONTH: f64 = 30.4;
/// Axes shorter than this many months have ticks at days.
const MIN_MONTHS: f64 = 2.0;
/// Distances of ticks in months, and the distance for axes of thousands of years.
const MONTH_STEPS: [i32; 11] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
const LONGEST_STEP: i32 = 6000;
/// Most ticks of an axis, whatever is asked for.
const MAX_TICKS: usize = 15;

/// Days to label on an axis of `days` days from `first`, on round calendar dates, with their labels. There are about
/// `most_steps` intervals between them at most.
pub(crate) fn ticks(first: Day, days: f64, most_steps: f64) -> Vec<(Day, String)> {
    let months = days / DAYS_PER_MONTH;
    if months < MIN_MONTHS {
        day_ticks(first, days, most_steps)
    } else {
        month_ticks(first, days, most_steps)
    }
}

fn day_ticks(first: Day, days: f64, most_steps: f64) -> Vec<(Day, String)> {
    let step = (days / most_steps).ceil().max(1.0) as i64;
    let tick = |at: i64| {
        let day = first.plus_days(at * step);
        (day, format!("{} {}", day.day(), month_name(day)))
    };
    // the last day ends the axis: a tick there would belong to the day after
    (0..=((days as i64 - 1).max(0) / step)).map(tick).collect()
}

fn month_ticks(first: Day, days: f64, most_steps: f64) -> Vec<(Day, String)> {
    let is_wide_enough = |step: &i32| days / DAYS_PER_MONTH / f64::from(*step) <= most_steps;
    let step = MONTH_STEPS.into_iter().find(is_wide_enough).unwrap_or(LONGEST_STEP);
    let mut ticks = Vec::new();
    let mut day = first.first_of_month();
    for _ in 0..MAX_TICKS {
        // the next month whose number, counted from year 0, is a multiple of the step
        let number = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        let skip = (step - number.rem_euclid(step)) % step;
        day = day.plus_months(i64::from(skip));
        let offset = day.days_since(first);
        if offset as f64 > days {
            break;
        }
        if offset >= 0 {
            let is_year = step >= 12 || day.month() == 1;
            ticks.push((day, if is_year { day.year().to_string() } else { month_name(day).to_owned() }));
        }
        day = day.plus_months(1);
    }
    ticks
}

/// A day as "6 May 2019".
pub(crate) fn long_date(day: Day) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

fn month_name(day: Day) -> &'static str {
    MONTHS[(day.month() - 1).clamp(0, 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_within_the_axis() {
        let first = Day::new(2018, 3, 5).expect("a day");
        for days in [1, 20, 60, 200, 800, 3000, 20_000, 300_000] {
            let found = ticks(first, f64::from(days), 12.0);
            assert!(!found.is_empty() && found.len() <= MAX_TICKS, "{days}: {found:?}");
            assert!(found.iter().all(|(day, _)| *day >= first && day.days_since(first) <= i64::from(days)));
        }
    }

    #[test]
    fn ticks_are_labelled_with_days_months_or_years() {
        let labels = |days: f64| -> Vec<String> {
            let first = Day::new(2018, 11, 20).expect("a day");
            ticks(first, days, 12.0).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels(3.0), ["20 Nov", "21 Nov", "22 Nov"]);
        assert_eq!(labels(1.0), ["20 Nov"], "one article: one day");
        assert_eq!(labels(100.0), ["Dec", "2019", "Feb"]);
        assert_eq!(labels(1200.0), ["2019", "Jul", "2020", "Jul", "2021", "Jul", "2022"]);
    }
}
