//! HTML report on a comparison.

use std::io;
use std::io::Write;

use askama::Template;
use detente_timeline::{Comparison, StatementContribution};

use crate::comparison::phrases::{origin, statistics, verdict};

pub(crate) fn write_page(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    Page { title: verdict(comparison), comparison }.write_into(out)
}

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page<'a> {
    title: String,
    comparison: &'a Comparison,
}

impl Page<'_> {
    fn statistics(&self) -> String {
        statistics(self.comparison)
    }

    fn origin(&self, statement: &StatementContribution) -> String {
        origin(self.comparison, statement)
    }
}
