//! `detente serve`: web pages and an HTTP API on this machine.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use detente::Engine;
use detente_serve::{Limits, ServeOutcome, ServeSettings, Server, Token};

use crate::archive_model::identity;
use crate::args::{GlobalArgs, ServeArgs};
use crate::exit_status::ExitStatus;
use crate::message::print_message;
use crate::model_folder::{news_until, open_model};

/// Listens, prints the address on stdout, and answers until the process is told to end.
pub(crate) fn run_serve(args: &ServeArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let model = open_model(global.model.as_deref())?;
    let identity = identity(model.id(), global.model.as_deref())?;
    let mut settings = ServeSettings::new(Engine::new(model), identity);
    settings.news_until = news_until(global.model.as_deref())?;
    settings.archive.clone_from(&args.archive);
    settings.port = args.port;
    settings.addresses = args.bind.map_or(settings.addresses, |address| vec![address]);
    settings.allowed_hosts.clone_from(&args.allow_host);
    settings.token = args.token_file.as_deref().map(read_token).transpose()?;
    settings.open_metrics = args.open_metrics;
    let mut limits = Limits::default();
    limits.body_bytes = args.max_body;
    limits.articles = args.max_articles;
    limits.requests = args.max_requests;
    settings.limits = limits;
    let server = Server::bind(settings)?;
    let mut stdout = io::stdout();
    for address in server.addresses() {
        writeln!(stdout, "http://{address}/")?;
    }
    stdout.flush()?;
    if !global.quiet {
        let kept = match &args.archive {
            Some(path) => format!("articles are filed in {}", path.display()),
            None => {
                "filed articles are kept in memory until it ends (--archive FILE.db keeps them)".to_owned()
            }
        };
        print_message(format_args!("detente: listening; {kept}; Ctrl-C ends it"));
    }
    match server.run()? {
        ServeOutcome::Cut(requests) => {
            print_message(format_args!("detente: ended at once; requests cut: {requests}"));
            Ok(ExitStatus::Partial)
        }
        _ => Ok(ExitStatus::Success),
    }
}

fn read_token(file: &Path) -> anyhow::Result<Token> {
    let option = || format!("--token-file {}", file.display());
    let content = std::fs::read_to_string(file).with_context(option)?;
    Token::parse(&content).with_context(option)
}
