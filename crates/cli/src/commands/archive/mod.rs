//! `detente archive`: one file for each action.

mod add;
mod adder;
mod article_list;
mod export;
mod find;
mod list;
mod rescore;
mod run;
mod series;
mod verify;
mod watch;

pub(crate) use run::run_archive;
