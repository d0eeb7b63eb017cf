//! `detente train`: labelled JSONL in, model folder out.

use std::path::Path;

use anyhow::Context;
use detente::corpus::{LabelledStatement, Records, read_jsonl};
use detente::lexicon::Lexicon;
use detente::train::{TrainParams, train};

use crate::args::{Global, TrainArgs};
use crate::exit::Exit;

pub(crate) fn run(args: &TrainArgs, global: &Global) -> anyhow::Result<Exit> {
    let lexicon = read_lexicon(&args.lexicon)?;
    let (mut real, mut authored) = (Vec::new(), Vec::new());
    for path in &args.data {
        let records = read_labelled(path)?;
        let (sets, single): (Vec<LabelledStatement>, Vec<_>) =
            records.statements.into_iter().partition(|s| s.set.is_some());
        real.extend(single);
        authored.extend(sets);
        authored.extend(records.articles.into_iter().flat_map(|article| article.statements));
    }
    let mut params = TrainParams {
        seed: args.seed,
        soft: args.soft_weight,
        authored: args.article_weight,
        ..TrainParams::default()
    };
    if let Some([outlook, bearing, hedge]) = args.l2.as_deref() {
        params.l2 = [*outlook, *bearing, *hedge];
    }
    if let Some(columns) = args.columns {
        params.columns = columns;
    }
    let mut say = |line: &str| {
        if !global.quiet {
            anstream::eprintln!("{line}");
        }
    };
    let trained = train(lexicon, &real, &authored, &params, &mut say)?;
    for (name, measures) in &trained.out_of_fold {
        say(&format!("out of fold, {name}: {measures}"));
    }
    for (family, columns, weight) in &trained.families {
        say(&format!("{columns:>8} columns, total weight {weight:>9.1}: {family}"));
    }
    write(&args.out, "model.bin", &trained.model.to_bytes()?)?;
    write(&args.out, "tokenizer.json", trained.model.tokenizer_json()?.as_bytes())?;
    Ok(Exit::Done)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let file = folder.join(name);
    std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

fn read_lexicon(folder: &Path) -> anyhow::Result<Lexicon> {
    let mut files = Vec::new();
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?.path();
        if path.extension().is_some_and(|e| e == "tsv") {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(Lexicon::read(&files)?)
}

/// The records of a labelled file; errors name the file.
pub(crate) fn read_labelled(path: &Path) -> anyhow::Result<Records> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    read_jsonl(&text).with_context(|| format!("{}", path.display()))
}
