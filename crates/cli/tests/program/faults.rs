//! Runs that are killed, interrupted or stopped, or fill the disk: no complete record is lost.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::{command, text};

/// A file of `count` records, of which every thousandth is broken.
fn records(folder: &Path, count: usize) -> PathBuf {
    let path = folder.join("records.jsonl");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).expect("a file"));
    for at in 0..count {
        if at % 1000 == 999 {
            writeln!(file, "{{broken").expect("written");
        } else {
            writeln!(file, "{{\"id\":\"r{at}\",\"text\":\"Round {at} of the talks made progress, but no deal is near.\"}}")
                .expect("written");
        }
    }
    path
}

fn score(input: &Path, output: &Path, more: &[&str]) -> Command {
    let mut command = command();
    command.args(["score", "--format", "jsonl", "--output"]).arg(output).args(more).arg(input);
    command
}

/// Waits until the file has at least `size` bytes.
fn wait_for(path: &Path, size: u64) {
    let start = Instant::now();
    while fs::metadata(path).map_or(0, |data| data.len()) < size {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing was written");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn run(mut command: Command) -> Output {
    command.output().expect("the program runs")
}

#[test]
fn a_resumed_run_gives_the_same_file_as_an_uninterrupted_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 100_000);
    let (whole, cut) = (folder.path().join("whole.jsonl"), folder.path().join("cut.jsonl"));
    let uninterrupted = run(score(&input, &whole, &[]));
    assert_eq!(uninterrupted.status.code(), Some(1), "{}", text(&uninterrupted.stderr));

    let part = folder.path().join("cut.jsonl.part");
    let mut child = score(&input, &cut, &[]).stderr(Stdio::null()).spawn().expect("the program runs");
    wait_for(&part, fs::metadata(&whole).expect("the whole").len() / 2);
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(!cut.exists(), "an incomplete file does not have its final name");
    let written = fs::read(&part).expect("the part");
    assert!(written.len() < fs::metadata(&whole).expect("the whole").len() as usize, "killed too late");
    // an incomplete line
    let mut file = OpenOptions::new().append(true).open(&part).expect("the part");
    file.write_all(b"{\"schema\":1,\"id\":\"r").expect("written");

    let resumed = run(score(&input, &cut, &["--resume", "--jobs", "2"]));
    assert_eq!(resumed.status.code(), Some(1));
    assert_eq!(text(&resumed.stderr), text(&uninterrupted.stderr));
    assert!(fs::read(&cut).expect("the whole") == fs::read(&whole).expect("the whole"));
    assert!(!part.exists());

    // resuming a finished run changes nothing; new records at the end of the input are added
    let before = fs::read(&cut).expect("the whole");
    assert_eq!(run(score(&input, &cut, &["--resume"])).status.code(), Some(1));
    assert!(fs::read(&cut).expect("the whole") == before);
    let mut file = OpenOptions::new().append(true).open(&input).expect("the records");
    writeln!(file, "{{\"id\":\"last\",\"text\":\"They signed.\"}}").expect("written");
    assert_eq!(run(score(&input, &cut, &["--resume"])).status.code(), Some(1));
    let after = fs::read(&cut).expect("the whole");
    assert!(
        after.starts_with(&before)
            && text(&after[before.len()..]).starts_with("{\"schema\":1,\"id\":\"last\"")
    );
}

#[test]
fn a_run_can_only_be_resumed_with_the_same_inputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 10);
    let output = folder.path().join("out.jsonl");
    assert_eq!(
        run(score(&input, &output, &["--resume"])).status.code(),
        Some(0),
        "there is nothing to resume"
    );
    let other = folder.path().join("other.jsonl");
    for (content, reason) in [
        ("{\"id\":\"x\",\"text\":\"One.\"}\n", "line 1: cannot resume"),
        ("{\"id\":\"r0\",\"text\":\"One.\"}\n", "more records than the inputs (1)"),
    ] {
        fs::write(&other, content).expect("written");
        let refused = run(score(&other, &output, &["--resume"]));
        assert_eq!(refused.status.code(), Some(3));
        assert!(text(&refused.stderr).contains(reason), "{}", text(&refused.stderr));
    }
    let usage = run(score(&input, &output, &["--resume", "--format", "csv"]));
    assert_eq!(usage.status.code(), Some(2));
    assert_eq!(
        run({
            let mut c = command();
            c.args(["score", "--resume", "x.txt"]);
            c
        })
        .status
        .code(),
        Some(2)
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_complete_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 50_000);
    let output = folder.path().join("out.jsonl");
    let part = folder.path().join("out.jsonl.part");
    let child = score(&input, &output, &[]).stderr(Stdio::piped()).spawn().expect("the program runs");
    wait_for(&part, 1 << 18);
    let signalled = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(signalled.success());
    let ended = child.wait_with_output().expect("ended");
    assert_eq!(ended.status.code(), Some(130));
    assert!(text(&ended.stderr).contains("interrupted"));
    let written = fs::read(&part).expect("the part");
    assert!(written.ends_with(b"}\n") && !output.exists());
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_run_that_waits_for_input() {
    let mut child = command()
        .args(["score", "--input-format", "jsonl"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(Duration::from_millis(700));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    let start = Instant::now();
    while child.try_wait().expect("waited").is_none() {
        assert!(start.elapsed() < Duration::from_secs(20), "it is still running");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(child.wait().expect("ended").code(), Some(130));
}

#[test]
fn strict_stops_at_the_first_bad_record_and_keeps_the_records_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 3000);
    let output = folder.path().join("out.jsonl");
    for jobs in ["1", "2"] {
        let stopped = run(score(&input, &output, &["--strict", "--jobs", jobs]));
        assert_eq!(stopped.status.code(), Some(1));
        let errors = text(&stopped.stderr);
        assert!(errors.contains("line 1000: ") && !errors.contains("line 2000"), "{errors}");
        assert!(!output.exists());
        let part = fs::read_to_string(folder.path().join("out.jsonl.part")).expect("the part");
        assert_eq!(part.lines().count(), 999);
    }
}

#[test]
fn a_closed_pipe_ends_the_run_without_a_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 5000);
    let mut child = command()
        .args(["score", "--format", "jsonl", "--quiet"])
        .arg(&input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut first = [0; 100];
    child.stdout.take().expect("stdout").read_exact(&mut first).expect("some output");
    let ended = child.wait_with_output().expect("ended");
    assert_eq!(ended.status.code(), Some(0));
    assert!(!text(&ended.stderr).contains("pipe"), "{}", text(&ended.stderr));
}

/// A limit on file size simulates a full disk: both cut a write short.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_complete_lines_to_resume() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 3000);
    let (whole, cut) = (folder.path().join("whole.jsonl"), folder.path().join("cut.jsonl"));
    assert_eq!(run(score(&input, &whole, &[])).status.code(), Some(1));
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_detente")])
        .args(score(&input, &cut, &[]).get_args())
        .output()
        .expect("the program runs");
    assert_eq!(limited.status.code(), Some(3));
    assert!(
        text(&limited.stderr).contains("cannot write") && text(&limited.stderr).contains("cut.jsonl.part")
    );
    let part = fs::read(folder.path().join("cut.jsonl.part")).expect("the part");
    assert!(part.ends_with(b"}\n") && fs::read(&whole).expect("the whole").starts_with(&part));
    assert!(!cut.exists());
    assert_eq!(run(score(&input, &cut, &["--resume"])).status.code(), Some(1));
    assert!(fs::read(&cut).expect("the whole") == fs::read(&whole).expect("the whole"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 10);
    let full = OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let ended = run({
        let mut command = command();
        command.args(["score", "--format", "jsonl"]).arg(&input).stdout(full);
        command
    });
    assert_eq!(ended.status.code(), Some(3));
    assert!(text(&ended.stderr).contains("No space left"), "{}", text(&ended.stderr));
}

/// A named pipe simulates a device, which must not be replaced by a file.
#[cfg(unix)]
#[test]
fn pipes_and_link_targets_are_written_in_place() {
    use std::os::unix::fs::{FileTypeExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let input = records(folder.path(), 10);
    let whole = folder.path().join("whole.jsonl");
    assert_eq!(run(score(&input, &whole, &[])).status.code(), Some(0));
    let whole = fs::read(whole).expect("the whole");

    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let child = score(&input, &pipe, &[]).stderr(Stdio::piped()).spawn().expect("the program runs");
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read(pipe))
    };
    let ended = child.wait_with_output().expect("ended");
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
    assert!(fs::metadata(&pipe).expect("the pipe").file_type().is_fifo(), "it is still a pipe");
    assert!(reader.join().expect("joined").expect("read") == whole);
    let refused = run(score(&input, &pipe, &["--resume"]));
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("not a regular file"), "{}", text(&refused.stderr));

    let (link, target) = (folder.path().join("link"), folder.path().join("target.jsonl"));
    fs::write(&target, "old").expect("written");
    symlink("target.jsonl", &link).expect("a link");
    assert_eq!(run(score(&input, &link, &[])).status.code(), Some(0));
    assert!(link.is_symlink() && fs::read(&target).expect("the target") == whole);

    let into = folder.path().join("into");
    fs::create_dir(&into).expect("a folder");
    let refused = run(score(&input, &into, &[]));
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("cannot write"), "{}", text(&refused.stderr));
    assert!(!folder.path().join("into.part").exists());
}

#[test]
fn lists_of_files_and_folders_of_ten_thousand_files_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = folder.path().join("many");
    for at in 0..100 {
        let below = many.join(format!("{at:02}"));
        fs::create_dir_all(&below).expect("a folder");
        for file in 0..100 {
            fs::write(below.join(format!("{file:02}.txt")), format!("Talks {at} {file} went well."))
                .expect("written");
        }
    }
    let done = run({
        let mut command = command();
        command.args(["score", "--format", "csv"]).arg(&many);
        command
    });
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(text(&done.stdout).lines().count(), 10_001);
    let list = folder.path().join("list");
    let names = ["07/03.txt", "99/99.txt", "none.txt"].map(|name| many.join(name).display().to_string());
    fs::write(&list, names.join("\r\n\n")).expect("written");
    let done = run({
        let mut command = command();
        command.args(["score", "--format", "csv", "--files-from"]).arg(&list);
        command
    });
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(text(&done.stdout).lines().count(), 3);
    assert!(text(&done.stderr).contains("none.txt"));
}

#[test]
fn articles_in_other_languages_have_no_score_but_statements_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.jsonl");
    let german =
        "Die beiden Seiten haben die Gespräche wieder aufgenommen, und der Minister ist nicht ohne Hoffnung.";
    fs::write(&input, format!("{{\"id\":\"g\",\"text\":\"{german}\"}}\n")).expect("written");
    let run = |more: &[&str]| {
        let mut command = command();
        run({
            command.args(["score", "--format", "jsonl"]).args(more).arg(&input);
            command
        })
    };
    let row = |output: &Output| serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON");
    let refused = row(&run(&[]));
    assert!(refused["outlook"].is_null() && refused["reason"].as_str().is_some_and(|r| r.contains("German")));
    let scored = run(&["--any-language"]);
    assert_eq!(row(&scored)["statements"].as_array().map(Vec::len), Some(1));
    assert_eq!(text(&run(&[]).stderr), "detente: 1 scored, 1 not English\n");
    assert!(scored.stderr.is_empty());
    let statement = run(&["--statements"]);
    assert_eq!(statement.status.code(), Some(0));
    assert!(row(&statement)["score"].is_number());
    assert!(text(&statement.stderr).contains("1 not English"), "{}", text(&statement.stderr));
    assert!(run(&["--statements", "--quiet"]).stderr.is_empty());
}
