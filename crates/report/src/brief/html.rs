//! HTML report on briefs: one self-contained page.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use askama::Template;
use detente_timeline::{Brief, BriefReport};

use crate::brief::phrases::{Section, sections, standing};
use crate::chart::timeline::timeline_figure;

pub(crate) fn write_page(report: &BriefReport, out: &mut dyn Write) -> io::Result<()> {
    page(report, &BTreeMap::new()).write_into(out)
}

/// The content of the page, without its head; `links` has the addresses of articles by their ids.
pub(crate) fn write_content(
    report: &BriefReport,
    links: &BTreeMap<String, String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    page(report, links).as_content().write_into(out)
}

fn page<'a>(report: &'a BriefReport, links: &'a BTreeMap<String, String>) -> Page<'a> {
    let title = match report.briefs.as_slice() {
        [only] => only.name.clone(),
        several => format!("{} negotiations", several.len()),
    };
    Page { title, report, links }
}

#[derive(Template)]
#[template(path = "brief.html", blocks = ["content"])]
struct Page<'a> {
    title: String,
    report: &'a BriefReport,
    links: &'a BTreeMap<String, String>,
}

impl Page<'_> {
    fn chart(brief: &Brief) -> String {
        timeline_figure(&brief.timeline)
    }

    fn standing(brief: &Brief) -> [String; 2] {
        standing(brief)
    }

    fn sections(brief: &Brief) -> Vec<Section> {
        sections(brief)
    }

    /// The class of a score: coloured by its sign.
    fn direction(score: f64) -> &'static str {
        if score < 0.0 { "down" } else { "up" }
    }
}
