//! The program as users run it: exit codes, messages, formats, order.

use crate::common::{detente, text, write};

#[test]
fn an_article_is_scored_as_readable_text() {
    let done = detente(&["score", "data/articles/river-talks.txt"]);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stderr.is_empty());
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "Velmark and Ostrania edge towards water accord  2031-05-09");
    assert!(lines[1].contains("optimistic") && lines[1].contains("90%"), "{}", lines[1]);
    assert!(!out.contains('\u{1b}'), "no colour if stdout is not a terminal");
    assert!(out.lines().all(|line| line.chars().count() <= 110));
}

#[test]
fn machine_readable_output_keeps_control_sequences() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = "a\u{9b}31mb\u{7f}c";
    let record = format!("{{\"id\":\"{id}\",\"text\":\"Talks collapsed on Sunday.\"}}\n");
    let path = write(folder.path(), "odd.jsonl", record.as_bytes());
    for format in ["json", "jsonl"] {
        let out = text(&detente(&["score", &path, "--format", format]).stdout);
        assert!(out.contains(id), "{out:?}");
    }
}

#[test]
fn bad_inputs_are_named_and_the_rest_is_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str, content: &[u8]| write(folder.path(), name, content);
    let good = at("good.txt", b"Talks collapsed on Sunday.");
    let mut lines = vec![r#"{"id":"x","text":"Talks resumed."}"#; 16].join("\n").replace("\"x\"", "null");
    lines.push_str("\n{\"text\": oops\n{\"id\":\"last\",\"text\":\"Both sides agreed on most points.\"}\n");
    for (name, content, place, code) in [
        ("empty.txt", b"" as &[u8], "empty.txt", 3),
        ("binary.txt", b"\0\x01\x02talks", "binary.txt", 3),
        ("lines.jsonl", lines.as_bytes(), "line 17", 1),
        ("columns.csv", b"id,words\n1,x\n", "text", 3),
    ] {
        let path = at(name, content);
        let alone = detente(&["score", &path, "--format", "jsonl"]);
        assert_eq!(alone.status.code(), Some(code), "{name}: {}", text(&alone.stderr));
        assert!(text(&alone.stderr).contains(place), "{name}: {}", text(&alone.stderr));
        let together = detente(&["score", &path, &good, "--format", "jsonl"]);
        assert_eq!(together.status.code(), Some(1), "{name}");
        assert!(text(&together.stdout).contains("\"id\":\"good\""), "{name}");
    }
    let missing = detente(&["score", "no-such-file.txt"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(text(&missing.stderr).contains("no-such-file.txt"));
    let unknown = detente(&["--model", "no-such-model", "score", &good]);
    assert_eq!(unknown.status.code(), Some(3));
    assert!(text(&unknown.stderr).contains("no-such-model"));
    assert_eq!(detente(&["score", &good, "--format", "verse"]).status.code(), Some(2));
    assert_eq!(detente(&["sing"]).status.code(), Some(2));
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let args = ["score", "data/corpus/train-a.jsonl", "data/articles", "--format", "jsonl"];
    let one = detente(&[&args[..], &["--jobs", "1"]].concat());
    let two = detente(&[&args[..], &["--jobs", "2"]].concat());
    assert_eq!(one.status.code(), Some(0), "{}", text(&one.stderr));
    assert_eq!(text(&one.stdout).lines().count(), 53);
    assert!(one.stdout == two.stdout);
}

#[test]
fn every_format_has_the_fields_of_the_contract() {
    let sample = "data/articles/dock-strike.txt";
    let json: serde_json::Value =
        serde_json::from_slice(&detente(&["score", sample, "--format", "json"]).stdout).expect("JSON");
    let json = &json[0];
    for key in ["schema", "id", "title", "date", "model", "outlook", "sides", "statements", "warnings"] {
        assert!(json.get(key).is_some(), "{key}");
    }
    for key in ["score", "low", "high", "coverage", "reading", "hedge", "statements", "bearing"] {
        assert!(json["outlook"].get(key).is_some(), "{key}");
    }
    for key in [
        "index",
        "start",
        "end",
        "text",
        "bearing",
        "score",
        "hedge",
        "cues",
        "speaker",
        "when",
        "background",
        "weight",
        "contribution",
    ] {
        assert!(json["statements"][0].get(key).is_some(), "{key}");
    }
    let csv = text(&detente(&["score", sample, "--format", "csv"]).stdout);
    assert!(
        csv.starts_with(
            "id,date,title,model,score,low,high,coverage,reading,hedge,statements,bearing,reason"
        )
    );
    let rows =
        text(&detente(&["score", "--statements", "data/corpus/contrast.jsonl", "--format", "jsonl"]).stdout);
    assert_eq!(rows.lines().count(), 1089);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    assert!(row["id"] == "set-001-a" && row["score"].is_number() && row["hedge"].is_number());
}

#[test]
fn parties_are_read_from_a_file_and_its_errors_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = write(
        folder.path(),
        "good.jsonl",
        "{\"id\":\"north\",\"name\":\"Arland\",\"members\":[\"Ada Brenn\"]}\n",
    );
    let bad = write(folder.path(), "bad.jsonl", "{\"id\":\"north\"}\n");
    let article = write(folder.path(), "a.txt", "Ada Brenn said a deal was close.");
    for verb in ["score", "explain"] {
        let done = detente(&[verb, "--parties", &good, "--format", "jsonl", &article]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        if verb == "score" {
            assert!(text(&done.stdout).contains("\"side\":\"north\""), "{}", text(&done.stdout));
        }
        let refused = detente(&[verb, "--parties", &bad, &article]);
        assert_eq!(refused.status.code(), Some(3));
        let why = text(&refused.stderr);
        assert!(why.contains("bad.jsonl") && why.contains("line 1") && why.contains("field name"), "{why}");
    }
}

#[test]
fn parties_name_the_sides_of_series_and_comparisons() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "{\"id\":\"north\",\"name\":\"Arland\",\"members\":[\"Ada Brenn\"]}\n\
                {\"id\":\"south\",\"name\":\"Sudria\",\"members\":[\"Ulla Kerr\"]}\n";
    let parties = write(folder.path(), "parties.jsonl", file);
    let first =
        "Ada Brenn said a deal was close. Ulla Kerr said the talks had failed and a deal was impossible.";
    let second = "Ulla Kerr said the offer had been rejected and talks were over. \
                  Ada Brenn said she was optimistic that an accord would be signed.";
    let articles = [write(folder.path(), "a.txt", first), write(folder.path(), "b.txt", second)];
    let run = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--date", "2019-12-12"]);
        all.extend(articles.iter().map(String::as_str));
        detente(&all)
    };
    let with = text(&run(&["timeline", "--by", "side", "--format", "csv", "--parties", &parties]).stdout);
    assert!(with.contains("north") && with.contains("south"), "{with}");
    let without = text(&run(&["timeline", "--by", "side", "--format", "csv"]).stdout);
    assert!(!without.contains("north"), "{without}");
    let compared = run(&["compare", "--sides", "north", "south", "--parties", &parties]);
    assert!(compared.status.success(), "{}", text(&compared.stderr));
    let refused = run(&["compare", "--sides", "north", "south"]);
    assert!(!refused.status.success());

    let scored = detente(&["score", "--date", "2019-12-12", "--format", "jsonl", &articles[0]]);
    let rows = write(folder.path(), "scored.jsonl", text(&scored.stdout));
    let late = detente(&["timeline", "--parties", &parties, &rows]);
    assert!(late.status.success() && text(&late.stderr).contains("already scored"), "{}", text(&late.stderr));
}

#[test]
fn every_command_that_scores_can_correct_dates_from_the_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "Talks broke down. They hope to sign a deal before next Thursday's Thanksgiving holiday.";
    let article = write(folder.path(), "a.txt", said);
    for (verb, format) in [("score", "jsonl"), ("explain", "text"), ("timeline", "csv")] {
        let args = [verb, "--date", "2019-12-12", "--format", format, &article];
        let mut trusting = args.to_vec();
        trusting.push("--date-from-text");
        let (plain, trusted) = (text(&detente(&args).stdout), text(&detente(&trusting).stdout));
        assert!(plain.contains("2019-12") && !plain.contains("read as of"), "{verb}: {plain}");
        assert!(trusted.contains("2019-11"), "{verb}: {trusted}");
    }
}

#[test]
fn verbose_runs_log_to_stderr() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = write(folder.path(), "a.txt", "Talks broke down, but they hope to sign a deal.");
    let run = |more: &[&str]| detente(&[&["score", "--format", "jsonl", &article], more].concat());
    let (silent, one, two) = (run(&[]), run(&["-v"]), run(&["-vv"]));
    assert!(silent.stderr.is_empty(), "{}", text(&silent.stderr));
    assert!(silent.stdout == one.stdout && one.stdout == two.stdout);
    let (one, two) = (text(&one.stderr), text(&two.stderr));
    assert!(one.contains(" INFO detente_cli::model_folder: ") && !one.contains("DEBUG"), "{one}");
    assert!(one.ends_with(" s\n") && one.contains("detente: 1 scored"), "{one}");
    assert!(two.contains("DEBUG detente::model::file: model read id=\"negotiation-en-1\""), "{two}");
    assert!(two.contains("DEBUG detente_input::inputs: opened file=") && two.contains("a.txt"), "{two}");
    assert!(!one.contains('\u{1b}') && !two.contains('\u{1b}'));
}

#[test]
fn offsets_refer_to_the_file_whatever_its_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "“No deal” – not yet, the envoy said. Talks with Ørsted’s side may go on.";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let narrow = encoding_rs::WINDOWS_1252.encode(said).0.into_owned();
    let broken = [said.as_bytes(), b" One \xFF last offer. It may fail."].concat();
    for (name, bytes) in [
        ("utf8.txt", said.as_bytes().to_vec()),
        ("marked.txt", ["\u{feff}", said].concat().into_bytes()),
        ("utf16.txt", wide(&["\u{feff}", said].concat())),
        ("utf16-unmarked.txt", wide(said)),
        ("windows.txt", narrow),
        ("broken.txt", broken),
    ] {
        let path = write(folder.path(), name, &bytes);
        for verb in ["score", "explain"] {
            let read = text(&detente(&[verb, "--format", "text", &path]).stdout);
            assert!(read.contains("not yet, the envoy said"), "{name}: {read}");
            let done = detente(&[verb, "--format", "json", &path]);
            assert!(done.status.success(), "{name}: {}", text(&done.stderr));
            let found: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
            let paths = ["/0/statements", "/0/article/statements"];
            let statements = paths.iter().find_map(|path| found.pointer(path));
            let statements = statements.and_then(|s| s.as_array()).expect("statements");
            assert!(statements.len() >= 2, "{name}: {found}");
            for statement in statements {
                let given = |part: &serde_json::Value| {
                    let at = |key: &str| part[key].as_u64().expect("an offset") as usize;
                    let given = &bytes[at("start")..at("end")];
                    match name {
                        _ if name.starts_with("utf16") => encoding_rs::UTF_16LE.decode(given).0.into_owned(),
                        "windows.txt" => encoding_rs::WINDOWS_1252.decode(given).0.into_owned(),
                        _ => String::from_utf8_lossy(given).into_owned(),
                    }
                };
                let cues = statement["cues"].as_array().expect("cues");
                for part in cues.iter().chain([statement]) {
                    assert_eq!(given(part), part["text"].as_str().expect("a text"), "{name} {verb}");
                }
                for event in statement["events"].as_array().expect("events") {
                    let first = event["lemma"].as_str().expect("a lemma").chars().next().expect("a letter");
                    let given = given(event).to_lowercase();
                    assert!(given.starts_with(first), "{name} {verb}: {given} {event}");
                }
            }
        }
    }
}

#[test]
fn offsets_of_an_unsplit_statement_refer_to_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "date 2031-05-09\n\nA title\n\n“Perhaps” no deal, said Ørsted, but talks may go on.";
    let wide = said.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (name, bytes) in [("utf8.txt", said.as_bytes().to_vec()), ("utf16.txt", wide)] {
        let path = write(folder.path(), name, &bytes);
        let done = detente(&["score", "--statements", "--format", "jsonl", &path]);
        let row: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        let cues = row["cues"].as_array().expect("cues");
        assert!(!cues.is_empty(), "{row}");
        for cue in cues {
            let at = |key: &str| cue[key].as_u64().expect("an offset") as usize;
            let given = &bytes[at("start")..at("end")];
            let given = match name {
                "utf16.txt" => encoding_rs::UTF_16BE.decode(given).0,
                _ => String::from_utf8_lossy(given),
            };
            assert_eq!(given, cue["text"].as_str().expect("a text"), "{name}");
        }
    }
}

#[test]
fn a_glob_matches_hidden_files_only_if_it_has_the_dot() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.txt", ".b.txt", "s/c.txt", ".h/d.txt", "s/.h/e.txt"] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, "Talks went on.").expect("written");
    }
    for (pattern, wanted) in
        [("*.txt", "a"), ("**/*.txt", "a c"), (".*.txt", ".b"), (".h/*.txt", "d"), ("s/.h/*", "e")]
    {
        let pattern = folder.path().join(pattern).display().to_string();
        let rows = text(&detente(&["score", "--format", "csv", &pattern]).stdout);
        let ids: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(ids.join(" "), wanted, "{pattern}");
    }
}

#[test]
fn explain_and_timeline_score_other_languages_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "Die beiden Seiten haben das Abkommen nicht unterzeichnet, und talks collapsed ist das Wort von \
                der Partei, sagte der Minister mit einem Blick auf die Uhr.";
    let german = write(folder.path(), "g.txt", said);
    for (verb, found) in [("explain", "Abkommen"), ("timeline", "2031-05-05")] {
        let args = [verb, "--date", "2031-05-09", "--format", "json", &german];
        assert!(!text(&detente(&args).stdout).contains(found), "{verb}");
        let scored = text(&detente(&[&args[..], &["--any-language"]].concat()).stdout);
        assert!(scored.contains(found), "{verb}: {scored}");
    }
}

#[cfg(unix)]
#[test]
fn an_invalid_model_file_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/negotiation-en-1/model.bin"));
    let whole = whole.expect("the model");
    let sealed = |version: u32| {
        let mut bytes = whole[..whole.len() - 32].to_vec();
        bytes[8..12].copy_from_slice(&version.to_le_bytes());
        bytes.extend_from_slice(blake3::hash(&bytes).as_bytes());
        bytes
    };
    let model = folder.path().display().to_string();
    // reading the whole file would exceed this memory limit
    let verify = || {
        let limited = "ulimit -v 2000000; exec \"$@\" --model \"$0\" model verify";
        let sh = std::process::Command::new("timeout")
            .args(["60", "sh", "-c", limited, &model, env!("CARGO_BIN_EXE_detente")])
            .output()
            .expect("the program runs");
        (sh.status.code(), text(&sh.stderr))
    };
    for (bytes, reason) in [
        (whole[..whole.len() / 2].to_vec(), "damaged or cut short"),
        (b"detente\n".to_vec(), "cut short"),
        (Vec::new(), "not a detente model"),
        (sealed(6), "unknown format version 6"),
        (sealed(0), "unknown format version 0"),
    ] {
        write(folder.path(), "model.bin", bytes);
        let (code, errors) = verify();
        assert!(code == Some(3) && errors.contains(reason), "{reason}: {errors}");
    }
    let file = folder.path().join("model.bin");
    std::fs::File::create(&file).and_then(|file| file.set_len(8 << 30)).expect("a file of zeros");
    let (code, errors) = verify();
    assert!(code == Some(3) && errors.contains("larger than"), "{code:?} {errors}");
    for other in ["/dev/zero", "."] {
        std::fs::remove_file(&file).expect("removed");
        std::os::unix::fs::symlink(other, &file).expect("a link");
        let (code, errors) = verify();
        assert!(code == Some(3) && errors.contains("not a regular file"), "{other}: {errors}");
    }
}

#[test]
fn a_card_that_does_not_match_the_model_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["model.bin", "tokenizer.json", "card.json"] {
        let from = format!("{}/../../models/negotiation-en-1/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(from, folder.path().join(name)).expect("copied");
    }
    let model = folder.path().display().to_string();
    let verify = || detente(&["--model", &model, "model", "verify"]);
    assert_eq!(verify().status.code(), Some(0), "{}", text(&verify().stderr));
    let card = std::fs::read_to_string(folder.path().join("card.json")).expect("the card");
    for (from, to, reason) in [
        ("\"blake3\": \"", "\"blake3\": \"0", "its checksum is not that of model.bin"),
        ("\"id\": \"negotiation-en-1\"", "\"id\": \"other\"", "card of another model, other"),
        ("{", "", "card.json"),
    ] {
        write(folder.path(), "card.json", card.replacen(from, to, 1));
        let refused = verify();
        assert_eq!(refused.status.code(), Some(3));
        assert!(text(&refused.stderr).contains(reason), "{}", text(&refused.stderr));
    }
}

#[test]
fn tables_have_rows_of_articles_statements_or_events() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "The union refused to walk out of the talks. The bakery opens at seven.";
    let path = write(folder.path(), "talks.txt", said);
    let rows = |table: &str, more: &[&str]| {
        let options = ["score", "--format", "csv", "--table", table, path.as_str()];
        let done = detente(&[&options, more].concat());
        assert!(done.status.success(), "{}", text(&done.stderr));
        text(&done.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows("articles", &[]).len(), 2);
    assert_eq!(rows("statements", &[]).len(), 3);
    let events = rows("events", &[]);
    assert!(events[0].starts_with("id,date,statement,start,end,predicate,lemma,object,agent,state,value"));
    assert!(
        events.iter().any(|row| row.contains(",WITHDRAW,walk out of,TALKS,The union,negated,")),
        "{events:?}"
    );
    assert_eq!(rows("events", &["--statements"]).len(), events.len());

    let quiet = write(folder.path(), "quiet.txt", "The bakery.");
    let done = detente(&["score", "--format", "csv", "--table", "events", &quiet]);
    assert_eq!(text(&done.stdout).lines().count(), 1, "a table without rows has its header");
}

#[test]
fn tables_that_make_no_sense_are_usage_errors() {
    for (options, hint) in [
        (["--format", "json", "--table", "events"].as_slice(), "--format csv or parquet"),
        (&["--format", "csv", "--statements", "--table", "articles"], "one statement"),
        (&["--format", "csv", "--table", "words"], "possible values"),
    ] {
        let done = detente(&[&["score", "-"], options].concat());
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains(hint), "{}", text(&done.stderr));
    }
}
