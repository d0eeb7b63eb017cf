//! The days of `data/lists/lunar-new-year.tsv` are those of the lunar calendar.

use std::fs;

use detente_lang::Day;

/// Days in `data/lists/lunar-new-year.tsv`, by year.
fn listed() -> Vec<Day> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/lists/lunar-new-year.tsv");
    let text = fs::read_to_string(path).expect("the list");
    text.lines().skip(1).map(|line| line.parse().expect("a day")).collect()
}

/// The second new moon after the winter solstice, Beijing time, and not before 21 January: the month
/// between may be a leap month.
fn lunar_new_year(year: i16) -> Option<Day> {
    let solstice = beijing_day(winter_solstice(f64::from(year - 1)))?;
    let earliest = Day::new(year, 1, 21)?;
    let first_moon = ((f64::from(year) - 2000.0) * 12.3685).floor();
    (-3..6)
        .filter_map(|k| beijing_day(new_moon(first_moon + f64::from(k))))
        .filter(|day| *day > solstice)
        .skip(1)
        .find(|day| *day >= earliest)
}

/// Julian day of the mean December solstice (Meeus, Astronomical Algorithms, table 27.B).
fn winter_solstice(year: f64) -> f64 {
    let y = (year - 2000.0) / 1000.0;
    2_451_900.059_52 + y * (365_242.740_49 + y * (-0.062_23 + y * (-0.008_23 + y * 0.000_32)))
}

/// Julian day of new moon number `k` since 2000 (Meeus, chapter 49, the largest terms).
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
    let sun = (2.5534 + 29.105_356_70 * k).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
    let node = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    mean - 0.407_20 * moon.sin()
        + 0.172_41 * sun.sin()
        + 0.016_08 * (2.0 * moon).sin()
        + 0.010_39 * (2.0 * node).sin()
        + 0.007_39 * (moon - sun).sin()
        - 0.005_14 * (moon + sun).sin()
        + 0.002_08 * (2.0 * sun).sin()
}

/// The civil day at Beijing of a Julian day.
fn beijing_day(julian: f64) -> Option<Day> {
    let since_1970 = (julian - 2_440_587.5 + 8.0 / 24.0).floor();
    Day::new(1970, 1, 1).map(|epoch| epoch.plus_days(since_1970 as i64))
}

#[test]
fn the_list_is_what_the_series_of_meeus_gives() {
    let computed: Vec<Day> = (1900..=2100).filter_map(lunar_new_year).collect();
    assert_eq!(listed(), computed);
}

#[test]
fn the_list_agrees_with_the_almanac() {
    // the rare early and late days are among them
    for day in [
        "1966-01-21",
        "2012-01-23",
        "2015-02-19",
        "2018-02-16",
        "2019-02-05",
        "2020-01-25",
        "2021-02-12",
        "2023-01-22",
        "2024-02-10",
        "2025-01-29",
        "2026-02-17",
        "2034-02-19",
    ] {
        let day: Day = day.parse().expect("a day");
        assert!(listed().contains(&day), "{day}");
    }
}
