//! Prints how long queries of a large archive take: `cargo bench -p detente-archive`, or with a number of articles,
//! `cargo bench -p detente-archive -- 20000`. The figures are in `docs/archive.md`.

use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, Instant};

use detente::{Article, Day, Engine};
use detente_archive::{Archive, ArticleFilter, ModelIdentity, NewArticle, Page, Scoring};
use detente_timeline::{Collector, DateLimits, Retain, TimelineSettings, timeline};

/// Articles of each negotiation.
const PER_NEGOTIATION: usize = 500;
/// Articles that are added in one call.
const BATCH: usize = 512;
/// Times that each query runs; the median is printed.
const RUNS: usize = 9;

const SUBJECTS: [&str; 8] = [
    "The union",
    "Velmark’s envoy",
    "A spokesman for the operator",
    "The finance minister of Ostrania",
    "An official close to the talks",
    "The mediator",
    "A group of lenders",
    "The delegation",
];
const CLAIMS: [&str; 8] = [
    "said that a deal was within reach",
    "rejected the latest offer and walked out",
    "warned that the truce might collapse",
    "agreed to resume negotiations on wages",
    "called the draft a step forward",
    "ruled out any further delay of the vote",
    "signed a memorandum on tariffs",
    "said that the two sides were far apart on quotas",
];
const WORDS: [&str; 24] = [
    "harbour",
    "railway",
    "budget",
    "pension",
    "ceasefire",
    "fishing",
    "border",
    "canal",
    "steel",
    "grain",
    "debt",
    "climate",
    "prisoners",
    "airline",
    "water",
    "gas",
    "copper",
    "hospital",
    "school",
    "dock",
    "ferry",
    "customs",
    "election",
    "uranium",
];

/// A small generator of numbers, so that every run has the same articles.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// An article of about 1.4 kB.
fn article(number: usize, numbers: &mut Numbers) -> Option<Article> {
    let mut text = String::new();
    for sentence in 0..13 {
        let (subject, claim) = (numbers.of(&SUBJECTS), numbers.of(&CLAIMS));
        let (first, second) = (numbers.of(&WORDS), numbers.of(&WORDS));
        let count = numbers.below(9000);
        let _ = write!(
            text,
            "{subject} {claim} in the {first} and {second} case after {count} days of waiting. "
        );
        if sentence % 4 == 3 {
            text += "\n\n";
        }
    }
    let mut article = Article::new(format!("https://news.example/{number}"), text);
    article.title = Some(format!("{} {}", numbers.of(&SUBJECTS), numbers.of(&CLAIMS)));
    article.date = Some(Day::new(2031, 1, 1)?.plus_days(i64::try_from(numbers.below(1500)).ok()?));
    article.source = Some(format!("Outlet {}", numbers.below(20)));
    article.negotiation = Some(format!("negotiation {}", number / PER_NEGOTIATION));
    for party in ["velmark", "ostrania"] {
        article.parties.insert(party.to_owned(), vec![party[..1].to_uppercase() + &party[1..]]);
    }
    Some(article)
}

/// Prints the median time of a query.
#[expect(clippy::print_stdout, reason = "the result of this program")]
fn measure<T>(name: &str, mut query: impl FnMut() -> detente::Result<T>) -> Result<(), Box<dyn Error>> {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        query()?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("{:8.1} ms  {name}", times[RUNS / 2].as_secs_f64() * 1e3);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the result of this program")]
fn main() -> Result<(), Box<dyn Error>> {
    let articles = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("large.db");
    let mut archive = Archive::create(&path)?;
    let scoring = Scoring::new(Engine::builtin()?, ModelIdentity::builtin()?);
    let mut numbers = Numbers(7);
    let start = Instant::now();
    for from in (0..articles).step_by(BATCH) {
        let batch: Option<Vec<NewArticle>> = (from..articles.min(from + BATCH))
            .map(|number| article(number, &mut numbers).map(NewArticle::new))
            .collect();
        archive.add(&scoring, &batch.ok_or("no article")?)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    archive.checkpoint()?;
    let megabytes = path.metadata()?.len() as f64 / 1e6;
    println!("{articles} articles added in {seconds:.0} s, file {megabytes:.0} MB");

    let model = archive.model(scoring.model())?.ok_or("no model")?;
    let all = ArticleFilter::default();
    let one = ArticleFilter::negotiation("negotiation 0");
    let page = Page::default();
    let recent = ArticleFilter { since: Day::new(2034, 1, 1), ..ArticleFilter::default() };
    measure("negotiations with counts and dates", || archive.negotiations())?;
    measure("count of articles", || archive.count(&all))?;
    measure("latest 20 articles", || archive.articles(&all, Some(model), page))?;
    measure("all 500 articles of a negotiation", || {
        archive.articles(&one, Some(model), Page { limit: PER_NEGOTIATION, ..page })
    })?;
    measure("an article with its result", || {
        let key = archive.articles(&one, None, page)?[0].key;
        Ok((archive.article(key)?, archive.result(key, model)?))
    })?;
    let statements = Retain { statements: true, ..Retain::default() };
    let details = Retain { statements: true, texts: true, details: true };
    measure("500 articles for a timeline by side", || archive.series_articles(&one, model, statements))?;
    measure("500 articles for a brief", || archive.series_articles(&one, model, details))?;
    measure("timeline of a negotiation, computed", || {
        let mut collector = Collector::default();
        archive.series_articles(&one, model, Retain::default())?.into_iter().for_each(|a| collector.push(a));
        timeline(&collector.finish(&DateLimits::default())?, &TimelineSettings::default())
    })?;
    measure("all articles for a timeline", || archive.series_articles(&all, model, Retain::default()))?;
    for words in ["uranium", "uranium copper", "\"copper and uranium\"", "negotiat*", "deal", "4711", "zebra"]
    {
        let count = archive.count_found(words, &all)?;
        measure(&format!("find {words} ({count} articles)"), || {
            archive.find(words, &all, Some(model), page)
        })?;
    }
    measure("count deal", || archive.count_found("deal", &all))?;
    measure("find deal in a negotiation", || archive.find("deal", &one, Some(model), page))?;
    measure("find deal since 2034", || archive.find("deal", &recent, Some(model), page))?;
    Ok(())
}
