//! HTML report on a comparison.

use std::io;
use std::io::Write;

use askama::Template;
use detente_timeline::{Comparison, StatementContribution};

use crate::chart::comparison::comparison_figure;
use crate::comparison::phrases::{origin, statistics, verdict};

pub(crate) fn write_page(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    page(comparison).write_into(out)
}

/// The content of the page, without its head.
pub(crate) fn write_content(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    page(comparison).as_content().write_into(out)
}

fn page(comparison: &Comparison) -> Page<'_> {
    Page { title: verdict(comparison), comparison, chart: comparison_figure(comparison) }
}

#[derive(Template)]
#[template(path = "comparison.html", blocks = ["content"])]
struct Page<'a> {
    title: String,
    comparison: &'a Comparison,
    chart: String,
}

impl Page<'_> {
    /// The class of the headline: coloured only if the difference is clear.
    fn direction(&self) -> &'static str {
        match self.comparison.verdict {
            "higher" => "up",
            "lower" => "down",
            _ => "quiet",
        }
    }

    fn statistics(&self) -> String {
        statistics(self.comparison)
    }

    fn origin(&self, statement: &StatementContribution) -> String {
        origin(self.comparison, statement)
    }
}
