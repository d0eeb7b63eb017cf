//! Runs the transcripts of the guides in `docs`.

use std::fs;
use std::path::Path;

use super::{ROOT, command, text};

/// A command of the transcript: its arguments, the file that its output goes to, its exit code, the lines it prints.
struct Step {
    args: Vec<String>,
    output: Option<String>,
    code: i32,
    printed: Vec<String>,
}

/// The commands of the `console` blocks.
fn steps(markdown: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in markdown.split("```console\n").skip(1) {
        for line in block.split("```").next().expect("a block").lines() {
            if let Some(line) = line.strip_prefix("$ detente ") {
                let (line, output) =
                    line.split_once(" > ").map_or((line, None), |(line, file)| (line, Some(file.to_owned())));
                let args = line.split(' ').map(str::to_owned).collect();
                steps.push(Step { args, output, code: 0, printed: Vec::new() });
                continue;
            }
            let step = steps.last_mut().expect("a command before its output");
            match line.strip_prefix("? ") {
                Some(code) => step.code = code.parse().expect("an exit code"),
                None => step.printed.push(line.to_owned()),
            }
        }
    }
    steps
}

/// A line without its numbers and without repeated spaces and rules: figures change when features do.
fn shape(line: &str) -> String {
    let masked: String = line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let words = masked.split_whitespace().map(|word| word.replace(['-', '+'], ""));
    let mut words: Vec<String> = words.collect();
    for word in &mut words {
        while word.contains("00") {
            *word = word.replace("00", "0");
        }
    }
    words.join(" ")
}

/// Whether a line has the form of the expected one, in which `[..]` stands for anything.
fn line_matches(expected: &str, line: &str) -> bool {
    match expected.split_once("[..]") {
        Some((start, end)) => line.starts_with(start) && line.ends_with(end),
        None => shape(expected) == shape(line),
    }
}

/// Whether printed lines have the form of the expected ones; a line `...` stands for any lines.
fn matches(expected: &[String], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == "..." => {
            (0..=printed.len()).any(|from| matches(rest, &printed[from..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, others)| line_matches(first, line) && matches(rest, others)),
    }
}

/// Runs the commands of the guide `docs/NAME` in `folder` and checks that they print what it shows. Returns their
/// number.
pub(crate) fn check_transcript(name: &str, folder: &Path) -> usize {
    let guide = fs::read_to_string(Path::new(ROOT).join("docs").join(name)).expect("the guide");
    let steps = steps(&guide);
    let count = steps.len();
    for Step { args, output, code, printed } in steps {
        let done = command().args(&args).current_dir(folder).output().expect("the program runs");
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(code), "{args:?}: {said}");
        if let Some(file) = output {
            fs::write(folder.join(file), &done.stdout).expect("written");
            continue;
        }
        let all = said + &text(&done.stdout);
        let lines: Vec<&str> = all.trim_end().lines().collect();
        assert!(matches(&printed, &lines), "{args:?} prints\n{all}");
    }
    count
}

/// Copies the files of a folder of the repository.
pub(crate) fn copy_samples(from: &str, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(Path::new(ROOT).join(from)).expect("the samples") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}
