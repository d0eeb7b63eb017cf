//! Outlooks over authored and real storylines follow the labelled events, and chance alone shows a change no
//! more often than stated. `benches/timeline/README.md` has the figures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use detente::internals::SplitMix64;
use detente::{Day, Engine, ScoredArticle, TrainedModel};
use detente_input::{InputFormat, ReadOptions, read_articles};
use detente_timeline::{
    ChangeSettings, Collection, Collector, DateLimits, Retain, ScoredRow, SeriesArticle, SetSelector,
    TimelineSettings, change_points, compare, mean_difference, timeline,
};

/// Returns the path of a storyline that is not part of the repository, if present.
fn storyline(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/storylines").join(name);
    path.exists().then_some(path)
}

fn scored(engine: &Engine, path: &Path, format: InputFormat) -> Vec<ScoredArticle> {
    let reader = std::io::BufReader::new(fs::File::open(path).expect("a file"));
    read_articles(reader, format, "line", &ReadOptions::default())
        .flatten()
        .map(|article| engine.score(&article))
        .collect()
}

fn archive<'a>(articles: impl IntoIterator<Item = &'a ScoredArticle>) -> Collection {
    let keep = Retain { statements: true, ..Retain::default() };
    let mut collector = Collector::default();
    for article in articles {
        collector.push(SeriesArticle::new(&ScoredRow::from(article), keep));
    }
    collector.finish(&DateLimits::default()).expect("articles")
}

/// Returns the files of authored articles, by name.
fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/corpus");
    let files = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let is_articles = |path: &PathBuf| path.to_string_lossy().contains("train-");
    let mut files: Vec<PathBuf> = files.filter(is_articles).collect();
    files.sort();
    files
}

/// Returns the mean outlook of the seven days from `day`, each story counted once.
fn week(archive: &Collection, day: Day) -> Option<f64> {
    let mut stories: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (of, score, story) in archive.votes() {
        if (0..7).contains(&of.days_since(day)) {
            stories.entry(story).or_default().push(score);
        }
    }
    let means: Vec<f64> = stories.values().map(|votes| mean(votes)).collect();
    (!means.is_empty()).then(|| mean(&means))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Returns the share of pairs in which the value from `high` is larger; ties count half.
fn auc(high: &[f64], low: &[f64]) -> f64 {
    let wins = |h: &f64| {
        low.iter().map(|l| if h > l { 1.0 } else { f64::from(u8::from(h == l)) / 2.0 }).sum::<f64>()
    };
    high.iter().map(wins).sum::<f64>() / (high.len() * low.len()) as f64
}

#[test]
fn outlooks_follow_the_key_events() {
    let Some(events) = storyline("key-events-dev.tsv") else { return };
    let events = fs::read_to_string(events).expect("events");
    let engine = Engine::builtin().expect("a model");
    for (story, least) in [("brexit", 0.75), ("iran-nuclear", 0.75)] {
        let lines =
            scored(&engine, &storyline(&format!("{story}.tsv")).expect("a storyline"), InputFormat::Tsv);
        let archive = archive(&lines);
        let mut of_sign: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for line in events.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            if let [name, day, sign, ..] = fields.as_slice()
                && *name == story
                && let Some(mean) = day.parse().ok().and_then(|day| week(&archive, day))
            {
                of_sign.entry(sign).or_default().push(mean);
            }
        }
        let (up, down) = (&of_sign["1"], &of_sign["-1"]);
        let found = auc(up, down);
        eprintln!(
            "{story}: AUC {found:.3}, {:+.3} after {} good events, {:+.3} after {} bad ones",
            mean(up),
            up.len(),
            mean(down),
            down.len()
        );
        assert!(mean(up) > mean(down) && found >= least, "{story}: {found:.3}");
    }
}

#[test]
fn turning_points_and_level_follow_the_trade_talks() {
    let Some(path) = storyline("us-china-trade.tsv") else { return };
    let engine = Engine::builtin().expect("a model");
    let lines = scored(&engine, &path, InputFormat::Tsv);
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let years = day("2018-01-01")..day("2021-01-01");
    let archive = archive(lines.iter().filter(|line| line.date.is_some_and(|date| years.contains(&date))));
    let series = timeline(&archive, &TimelineSettings::default()).expect("a timeline").series.remove(0);
    let is_near = |event: &str, rises: bool| {
        let mut turns = series.turning_points.iter().filter(|turn| (turn.shift > 0.0) == rises);
        turns.any(|turn| turn.date.days_since(day(event)).abs() <= 7)
    };
    // the break-off of 5 May 2019, and the agreement of 13 December 2019 that was signed in January
    assert!(is_near("2019-05-05", false) && is_near("2019-12-13", true), "{:?}", series.turning_points);
    let of_month = |month: &str| {
        let points = series.points.iter().filter(|point| point.start.to_string().starts_with(month));
        mean(&points.filter_map(|point| point.level).collect::<Vec<_>>())
    };
    assert!(of_month("2019-08") < 0.0 && of_month("2019-04") > 0.1 && of_month("2019-12") > 0.2);
    for turn in &series.turning_points {
        let at = series.points.iter().position(|point| point.start == turn.day).expect("a point");
        let level = |at: usize| series.points[at].level.expect("a level");
        assert!((level(at) - level(at - 1)) * turn.shift > 0.0, "{}", turn.day);
    }
}

/// Returns ranks from 0; ties share their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |v: &f64| {
        let below = values.iter().filter(|w| *w < v).count() as f64;
        below + (values.iter().filter(|w| *w == v).count() as f64 - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (ma, mb) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// Agreement of outlooks with labels within negotiations of at least four articles.
#[derive(Default)]
struct Agreement {
    /// Changes of the labelled outlook by 1 or more (-3..+3).
    steps: usize,
    /// Changes whose sign is right.
    right: usize,
    /// Changes to or from an article without an outlook; they count as wrong.
    missing: usize,
    /// Rank correlation in each negotiation.
    correlations: Vec<f64>,
}

impl Agreement {
    fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.right += other.right;
        self.missing += other.missing;
        self.correlations.extend(&other.correlations);
    }

    fn is_sufficient(&self) -> bool {
        self.steps >= 40 && self.right * 100 >= self.steps * 85 && mean(&self.correlations) >= 0.8
    }
}

impl std::fmt::Display for Agreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} of {} steps right ({:.0}%; {} without an outlook), mean rank correlation {:.3} of {} negotiations",
            self.right,
            self.steps,
            100.0 * self.right as f64 / self.steps as f64,
            self.missing,
            mean(&self.correlations),
            self.correlations.len()
        )
    }
}

/// Returns the agreement over all files, each scored by its engine, and a report of each.
fn agreement(engine: impl Fn(&Path) -> Engine) -> (Agreement, String) {
    let mut all = Agreement::default();
    let mut report = Vec::new();
    for file in corpus() {
        let of_file = agreement_in(&file, &engine(&file));
        report.push(format!("{}: {of_file}", file.file_stem().expect("a name").to_string_lossy()));
        all.add(&of_file);
    }
    report.push(format!("all: {all}"));
    (all, report.join("\n"))
}

fn agreement_in(file: &Path, engine: &Engine) -> Agreement {
    let mut lines: BTreeMap<String, Vec<(String, f64, Option<f64>)>> = BTreeMap::new();
    for line in fs::read_to_string(file).expect("a file").lines() {
        let gold: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let (Some(negotiation), Some(date), Some(outlook)) =
            (gold["negotiation"].as_str(), gold["date"].as_str(), gold["outlook"].as_f64())
        else {
            continue;
        };
        let article =
            read_articles(line.as_bytes(), InputFormat::JsonLines, "a", &ReadOptions::default()).next();
        let scored = engine.score(&article.expect("an article").expect("readable"));
        let found = scored.outlook.map(|found| found.score.get());
        lines.entry(negotiation.to_owned()).or_default().push((date.to_owned(), outlook, found));
    }
    let mut of_file = Agreement::default();
    for articles in lines.values_mut().filter(|articles| articles.len() >= 4) {
        articles.sort_by(|a, b| a.0.cmp(&b.0));
        for pair in articles.windows(2) {
            let gold = pair[1].1 - pair[0].1;
            if gold.abs() >= 1.0 {
                of_file.steps += 1;
                match (pair[0].2, pair[1].2) {
                    (Some(from), Some(to)) => of_file.right += usize::from(gold * (to - from) > 0.0),
                    _ => of_file.missing += 1,
                }
            }
        }
        let (gold, found): (Vec<f64>, Vec<f64>) = articles.iter().filter_map(|a| Some((a.1, a.2?))).unzip();
        of_file.correlations.push(correlation(&ranks(&gold), &ranks(&found)));
    }
    of_file
}

#[test]
fn outlooks_follow_authored_storylines() {
    let (found, report) = agreement(|_| Engine::builtin().expect("a model"));
    eprintln!("{report}");
    assert!(found.is_sufficient(), "{found}");
}

/// The folder `LEFT_OUT` has the models: `without-a` was trained without train-a, and so on.
#[test]
#[ignore = "needs the models that benches/timeline/run.sh trains"]
fn outlooks_follow_storylines_that_their_model_never_saw() {
    let folder = PathBuf::from(std::env::var("LEFT_OUT").expect("LEFT_OUT names a folder"));
    let (found, report) = agreement(|file| {
        let name = file.file_stem().expect("a name").to_string_lossy();
        let model = format!("without-{}/model.bin", name.trim_start_matches("train-"));
        let bytes = fs::read(folder.join(model)).expect("a model");
        Engine::new(TrainedModel::from_bytes(&bytes).expect("a model"))
    });
    eprintln!("{report}");
    assert!(found.is_sufficient(), "{found}");
}

/// Returns the authored articles as one series, and the real storylines that are present.
fn series() -> Vec<(String, Vec<ScoredArticle>)> {
    let engine = Engine::builtin().expect("a model");
    let authored = corpus().iter().flat_map(|file| scored(&engine, file, InputFormat::JsonLines)).collect();
    let mut all = vec![("authored".to_owned(), authored)];
    for name in ["brexit", "iran-nuclear", "korea-denuclearisation", "us-china-trade"] {
        if let Some(path) = storyline(&format!("{name}.tsv")) {
            all.push((name.to_owned(), scored(&engine, &path, InputFormat::Tsv)));
        }
    }
    for (_, articles) in &mut all {
        articles.retain(|article| article.date.is_some() && article.outlook.is_some());
    }
    all
}

#[test]
#[ignore = "a thousand runs on each series take minutes"]
fn shuffled_dates_show_few_changes() {
    const RUNS: usize = 1000;
    for (name, mut articles) in series() {
        let mut random = SplitMix64::from_state(6);
        let mut days: Vec<Option<Day>> = articles.iter().map(|article| article.date).collect();
        let (mut turned, mut differed, mut called) = (0, 0, 0);
        for _ in 0..RUNS {
            random.shuffle(&mut days);
            for (article, day) in articles.iter_mut().zip(&days) {
                article.date = *day;
            }
            let archive = archive(&articles);
            let line = timeline(&archive, &TimelineSettings::default()).expect("a timeline");
            turned += usize::from(line.series.iter().any(|series| !series.turning_points.is_empty()));
            let mut sorted: Vec<Day> = days.iter().copied().flatten().collect();
            sorted.sort();
            let middle = sorted[sorted.len() / 2];
            let sets = SetSelector::Days { before: middle, after: middle.plus_days(-1) };
            let found = compare(&archive, &sets).expect("two sets");
            differed += usize::from(found.difference.p_value < 0.05);
            called += usize::from(found.verdict != "no clear change");
        }
        eprintln!(
            "{name}: of {RUNS} runs on {} articles with shuffled dates, {turned} show a turning point; {differed} halves differ at p < .05, {called} are called higher or lower",
            articles.len()
        );
        assert!(turned * 100 <= 6 * RUNS && differed * 100 <= 6 * RUNS, "{name}: {turned}, {differed}");
    }
}

#[test]
#[ignore = "a thousand runs for each size of shift take minutes"]
fn shifts_of_known_size_are_found_at_the_stated_rate() {
    const RUNS: usize = 1000;
    let (_, articles) = series().swap_remove(0);
    let scores: Vec<f64> = articles.iter().filter_map(|a| Some(a.outlook.as_ref()?.score.get())).collect();
    let middle = mean(&scores);
    let spread =
        (scores.iter().map(|score| (score - middle).powi(2)).sum::<f64>() / scores.len() as f64).sqrt();
    let mut random = SplitMix64::from_state(60);
    let mut drawn = |count: usize, shift: f64| -> Vec<f64> {
        (0..count).map(|_| scores[random.below(scores.len())] + shift * spread).collect()
    };
    for (votes, shift, least) in [(60, 0.0, 0), (60, 0.5, 0), (60, 0.75, 0), (60, 1.0, 800), (200, 0.5, 800)]
    {
        let steps: Vec<u32> = (0..votes as u32).collect();
        let (mut turned, mut near) = (0, 0);
        for _ in 0..RUNS {
            let values = [drawn(votes / 2, 0.0), drawn(votes / 2, shift)].concat();
            let found = change_points(&values, &steps, &ChangeSettings::default());
            turned += usize::from(!found.is_empty());
            near += usize::from(found.iter().any(|change| change.at.abs_diff(votes / 2) <= votes / 10));
        }
        eprintln!(
            "a shift of {shift} standard deviations half way through {votes} votes: found in {turned} of {RUNS}, within {} votes of its place in {near}",
            votes / 10
        );
        assert!(turned >= least, "{turned} at {shift} in {votes}");
    }
    for votes in [15, 40] {
        // the size that `compare` states is found in four of five cases
        let shift = 2.801_585 * (2.0 / votes as f64).sqrt();
        let clear = (0..RUNS).filter(|_| {
            let first = drawn(votes, 0.0).into_iter().map(|score| (Some(score), None));
            let second: Vec<f64> = drawn(votes, shift);
            let pairs: Vec<_> = first.chain(second.into_iter().map(|score| (None, Some(score)))).collect();
            mean_difference(&pairs).is_some_and(|found| found.p_value < 0.05)
        });
        let clear = clear.count();
        eprintln!(
            "two sets of {votes} stories, {shift:.2} standard deviations apart: p < .05 in {clear} of {RUNS}"
        );
        assert!((750..=870).contains(&clear), "{clear} with {votes}");
    }
}
