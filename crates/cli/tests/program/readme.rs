//! The README: its commands run, and the output that it shows is what the program prints.

use std::fs;
use std::path::Path;

use crate::common::{ROOT, command, text, write};

/// The contents of the fenced code blocks of a language.
fn blocks<'a>(markdown: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    markdown.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

fn readme() -> String {
    fs::read_to_string(Path::new(ROOT).join("README.md")).expect("README.md")
}

#[test]
fn shown_output_is_what_the_program_prints() {
    let readme = readme();
    let shown = blocks(&readme, "text")[0];
    let main_job =
        readme.lines().find_map(|line| line.strip_prefix("cargo run --release -- ")).expect("the main job");
    let done = command().args(main_job.split(' ')).current_dir(ROOT).output().expect("the program runs");
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout).trim_end(), shown.trim_end());
}

#[test]
fn the_picture_is_what_the_program_draws() {
    let readme = readme();
    let drawn = readme.split('`').find_map(|span| span.strip_prefix("detente timeline ")).expect("a command");
    let done = command().arg("timeline").args(drawn.split(' ')).current_dir(ROOT).output().expect("it runs");
    let shown = fs::read_to_string(Path::new(ROOT).join("docs/images/outlook.svg")).expect("the picture");
    assert_eq!(text(&done.stdout).trim_end(), shown.trim_end());
}

#[test]
fn commands_run() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["data/articles", "data/example"] {
        let articles = folder.path().join(name);
        fs::create_dir_all(&articles).expect("a folder");
        for entry in fs::read_dir(Path::new(ROOT).join(name)).expect("sample articles") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, articles.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
    write(folder.path(), "minutes.txt", "Members agreed to lower the rate in May.");
    let labelled = (0..60).map(|number| {
        let (label, phrase) = [("dovish", "lower"), ("neutral", "hold"), ("hawkish", "raise")][number % 3];
        let text = format!("In round {number} most members wished to {phrase} the rate.");
        format!(r#"{{"id":"f{number}","text":"{text}","label":"{label}"}}"#)
    });
    let labelled: Vec<String> = labelled.collect();
    write(folder.path(), "fomc.jsonl", labelled.join("\n"));

    let readme = readme();
    let lines: Vec<&str> = blocks(&readme, "sh")
        .iter()
        .flat_map(|block| block.lines())
        .filter(|line| line.starts_with("detente "))
        .collect();
    assert!(lines.len() >= 4, "{lines:?}");
    for line in lines {
        let done = command()
            .args(line.split(' ').skip(1))
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        assert!(done.status.success(), "{line}: {}", text(&done.stderr));
    }
    for (file, content) in
        [("outlooks.csv", "river-talks"), ("timeline.html", "<svg"), ("fomc/CARD.md", "fomc-en")]
    {
        let written = fs::read_to_string(folder.path().join(file)).expect(file);
        assert!(written.contains(content), "{file}");
    }
}
