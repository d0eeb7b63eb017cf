//! HTML report on explained articles: one self-contained page, without scripts, fonts or images.

use std::io;
use std::io::Write;

use askama::Template;
use detente::{
    ExplainedArticle, LedgerEntry, Score, ScoredArticle, ScoredCue, ScoredStatement, SideOutlook, Warning,
};

use crate::article::event::event_phrases;
use crate::article::statement::{notes, segments};
use crate::explanation::phrases::{
    FeatureRow, contribution, heading, largest_features, outlook, outlooks_without, smaller_features,
};
use crate::explanation::reasons::reasons;

/// The page of `articles`, with at most `max_features` features for each statement.
pub(crate) fn write_page(
    articles: &[ExplainedArticle],
    max_features: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    page(articles, max_features).write_into(out)
}

/// The content of the page, without its head.
pub(crate) fn write_content(
    articles: &[ExplainedArticle],
    max_features: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    page(articles, max_features).as_content().write_into(out)
}

fn page(articles: &[ExplainedArticle], max_features: usize) -> Page<'_> {
    let title = match articles {
        [one] => heading(&one.article),
        _ => "Outlooks explained",
    };
    let view = |(number, explained)| ArticleView { number, explained, max_features };
    Page { title, articles: articles.iter().enumerate().map(view).collect() }
}

#[derive(Template)]
#[template(path = "explanation.html", blocks = ["content"])]
struct Page<'a> {
    title: &'a str,
    articles: Vec<ArticleView<'a>>,
}

struct ArticleView<'a> {
    /// Index on the page, part of the ids of its elements.
    number: usize,
    explained: &'a ExplainedArticle,
    max_features: usize,
}

impl ArticleView<'_> {
    fn article(&self) -> &ScoredArticle {
        &self.explained.article
    }

    fn heading(&self) -> &str {
        heading(self.article())
    }

    fn outlook(&self) -> String {
        outlook(self.article())
    }

    fn warnings(&self) -> &[Warning] {
        &self.article().warnings
    }

    fn sides(&self) -> &[SideOutlook] {
        &self.article().sides
    }

    fn scale(&self) -> Option<Scale> {
        let outlook = self.article().outlook.as_ref()?;
        let percent = |score: Score| (score.get() + 1.0) * 50.0;
        let (low, high) = (percent(outlook.low), percent(outlook.high));
        Some(Scale {
            label: [outlook.score, outlook.low, outlook.high].map(|score| contribution(score.get())),
            low: format!("{low:.1}"),
            width: format!("{:.1}", high - low),
            score: format!("{:.1}", percent(outlook.score)),
        })
    }

    fn reasons(&self) -> Option<String> {
        reasons(self.explained)
    }

    fn outlooks_without(&self) -> Vec<String> {
        outlooks_without(self.explained).collect()
    }

    fn statements(&self) -> impl Iterator<Item = StatementView<'_>> {
        let statements = self.article().statements.iter().zip(&self.explained.ledger);
        statements.map(|(statement, entry)| StatementView {
            statement,
            entry,
            max_features: self.max_features,
        })
    }

    /// The ledger entries of the statements that count.
    fn entries(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.explained.ledger.iter().filter(|entry| entry.article != 0)
    }

    fn features<'a>(&self, entry: &'a LedgerEntry) -> Vec<FeatureRow<'a>> {
        largest_features(entry, self.max_features).collect()
    }

    fn smaller_features(&self, entry: &LedgerEntry) -> Option<[String; 3]> {
        smaller_features(entry, self.max_features)
    }
}

/// Score and interval as positions on the scale, in percent of its width.
struct Scale {
    label: [String; 3],
    low: String,
    width: String,
    score: String,
}

struct StatementView<'a> {
    statement: &'a ScoredStatement,
    entry: &'a LedgerEntry,
    max_features: usize,
}

impl StatementView<'_> {
    fn segments(&self) -> Vec<(&str, Option<&ScoredCue>)> {
        segments(self.statement)
    }

    /// The largest features, for the tooltip.
    fn features(&self) -> String {
        let features = largest_features(self.entry, self.max_features);
        let features = features.map(|row| format!("{} {}", row.to_statement, row.feature));
        features.collect::<Vec<_>>().join(" · ")
    }

    /// Background and border in the colour of the score; the further from 0, the deeper.
    fn tint(&self) -> Option<String> {
        let score = self.statement.score?.get();
        let colour = if score < 0.0 { "down" } else { "up" };
        let opacity = (0.06 + 0.34 * score.abs()).min(0.4);
        Some(format!("background:rgba(var(--{colour}),{opacity:.2});border-color:rgb(var(--{colour}))"))
    }

    /// Score and contribution, then speaker and date.
    fn margin(&self) -> Vec<String> {
        let score = match self.statement.score {
            Some(score) => {
                let adds = contribution(self.statement.contribution);
                format!("{} · adds {adds}", contribution(score.get()))
            }
            None => "no bearing".to_owned(),
        };
        let notes = notes(self.statement, ", not counted");
        let lines = [score, notes].into_iter().filter(|line| !line.is_empty());
        let events = self.statement.score.map(|_| event_phrases(self.statement));
        lines.chain(events.into_iter().flatten()).collect()
    }
}
