//! HTML report on a timeline: the plot, turning points, highest and lowest stories, and all values in a table.

use std::io;
use std::io::Write;

use askama::Template;
use detente_timeline::{Series, Timeline, TurningPoint};

use crate::chart::timeline::timeline_figure;
use crate::number::articles_and_stories;
use crate::phrases::phrase_changes;

pub(crate) fn write_page(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    page(timeline).write_into(out)
}

/// The content of the page, without its head.
pub(crate) fn write_content(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    page(timeline).as_content().write_into(out)
}

fn page(timeline: &Timeline) -> Page<'_> {
    Page { title: format!("Outlook by {}", timeline.period), timeline, plot: timeline_figure(timeline) }
}

#[derive(Template)]
#[template(path = "timeline.html", blocks = ["content"])]
struct Page<'a> {
    title: String,
    timeline: &'a Timeline,
    plot: String,
}

impl Page<'_> {
    fn counts(&self) -> String {
        articles_and_stories(self.timeline.articles, self.timeline.stories)
    }

    fn counts_of(series: &Series) -> String {
        articles_and_stories(series.articles, series.stories)
    }

    fn phrases(found: &TurningPoint) -> String {
        phrase_changes(found).join(", ")
    }
}
