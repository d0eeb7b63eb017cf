//! `detente archive find`: full-text search.

use std::io::{self, Write};

use detente_archive::{Archive, ArticleSummary, Hit, Page};

use crate::archive_model::chosen_model;
use crate::args::{FindArgs, GlobalArgs};
use crate::commands::archive::article_list::{ListedArticle, one_line, write_articles};
use crate::exit_status::ExitStatus;
use crate::message::print_message;
use crate::output::Output;

const BOLD: &str = "\x1b[1m";
const RESET: &str = "\x1b[0m";

impl ListedArticle for Hit {
    fn article(&self) -> &ArticleSummary {
        &self.article
    }

    fn write_details(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "        ")?;
        for part in &self.snippet {
            // spaces at the ends of a part are kept: the parts are joined
            let text = part.text.replace(|c: char| c.is_control(), " ");
            if part.is_match {
                write!(out, "{BOLD}{text}{RESET}")?;
            } else {
                write!(out, "{text}")?;
            }
        }
        writeln!(out)
    }
}

/// Writes the articles that have all the words, the best match first.
pub(crate) fn run_find(args: &FindArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&args.archive.file)?;
    let model = chosen_model(&archive, global)?;
    let (words, filter) = (args.words.join(" "), args.filter.to_filter());
    let page = Page { offset: args.output.offset, limit: args.output.limit };
    let hits = archive.find(&words, &filter, Some(model), page)?;
    let mut output = Output::open(args.output.output.as_deref())?;
    write_articles(&hits, args.output.format, output.writer())?;
    output.finish()?;
    if !global.quiet {
        let all = archive.count_found(&words, &filter)?;
        if all > hits.len() || all == 0 {
            let words = one_line(&words);
            print_message(format_args!("detente: {} of {all} articles with {words}", hits.len()));
        }
    }
    Ok(ExitStatus::Success)
}
