//! Who says it, measured: authored articles and, where present, real attributions.
#![expect(clippy::print_stdout, reason = "the measurement is what the test is run for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use detente::Span;
use detente_lang::{SpeakerKind, attributions, speakers};
use proptest::prelude::*;
use serde_json::Value;

/// What the rules reach on the authored articles, less a margin.
const FLOOR_SPEAKER: f64 = 0.85;
const FLOOR_SIDE: f64 = 0.855;
/// What the rules reach on real attributions with a said-type cue, less a margin.
const FLOOR_REAL: f64 = 0.83;

/// A crude splitter: a stop, its closing marks, a space and no lower case after.
fn split(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let short = ["U.S.", "Mr.", "Mrs.", "Ms.", "Dr.", "Sen.", "Gov.", "Rep.", "D.C.", "Gen.", "St."];
    for (i, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(i + 1).map_or('\n', |n| n.1);
        let stop = matches!(c, '.' | '?' | '!' | '”' | '"') && next.is_whitespace() && {
            let before = text.get(start..at + c.len_utf8()).unwrap_or("");
            let ended = before.trim_end_matches(['”', '"']).ends_with(['.', '?', '!']);
            let after = text.get(at + c.len_utf8()..).unwrap_or("").trim_start();
            ended && !after.starts_with(char::is_lowercase) && !short.iter().any(|s| before.ends_with(s))
        };
        if stop || (c == '\n' && next == '\n') {
            let end = if c == '\n' { at } else { at + c.len_utf8() };
            out.push(trimmed(text, start, end));
            start = end;
        }
    }
    out.push(trimmed(text, start, text.len()));
    out.retain(|s| !s.is_empty());
    out
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let part = text.get(start..end).unwrap_or("");
    let from = start + part.len() - part.trim_start().len();
    Span::new(from, (start + part.trim_end().len()).max(from))
}

fn read(name: &str) -> Option<Vec<Value>> {
    let roots = ["data/corpus", "../shared/corpus", "../shared/gold"];
    let found = roots.iter().map(|root| PathBuf::from(root).join(name)).find(|p| p.exists())?;
    let text = fs::read_to_string(found).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a record of JSON")).collect())
}

fn shown() -> bool {
    std::env::var_os("SHOW_VOICES").is_some()
}

/// The head of a name or description: its last word before a preposition or relative.
fn head(name: &str) -> String {
    const ENDS: &str =
        "of for familiar close with in at from on to by about who which involved briefed advising following";
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let ends = |w: &String| ENDS.split_whitespace().any(|e| e == w);
    let end = words.iter().skip(1).position(ends).map_or(words.len(), |i| i + 1);
    let word = words.get(end.saturating_sub(1)).map_or("", String::as_str);
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The article's text and the spans of its statements.
fn joined(statements: &[Value]) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut paragraph) = (String::new(), Vec::new(), 0);
    for statement in statements {
        let p = statement["p"].as_u64().unwrap_or(0);
        if !text.is_empty() {
            text.push_str(if p == paragraph { " " } else { "\n\n" });
        }
        paragraph = p;
        let start = text.len();
        text.push_str(statement["text"].as_str().unwrap_or(""));
        spans.push(Span::new(start, text.len()));
    }
    (text, spans)
}

#[derive(Default)]
struct Tally {
    gold: u32,
    found: u32,
    hit: u32,
    sided: u32,
    side_hit: u32,
}

impl Tally {
    fn f1(&self) -> f64 {
        f64::from(2 * self.hit) / f64::from(self.gold + self.found)
    }

    fn sides(&self) -> f64 {
        f64::from(self.side_hit) / f64::from(self.sided)
    }
}

fn measure(letter: char, tally: &mut Tally) -> bool {
    let Some(articles) = read(&format!("train-{letter}.jsonl")) else { return false };
    for article in &articles {
        let statements = article["statements"].as_array().expect("statements");
        let (text, spans) = joined(statements);
        let parties: BTreeMap<String, Vec<String>> =
            serde_json::from_value(article["parties"].clone()).expect("parties");
        for (statement, voice) in statements.iter().zip(speakers(&text, &spans, &parties)) {
            let gold = statement["speaker"].as_str();
            let name = voice.as_ref().map(|v| v.name.as_str());
            let right = gold.zip(name).is_some_and(|(g, n)| head(g) == head(n));
            tally.gold += u32::from(gold.is_some());
            tally.found += u32::from(name.is_some());
            tally.hit += u32::from(right);
            if shown() && right {
                println!("hit [{}]", voice.as_ref().and_then(|v| v.cue).map_or("", |c| c.slice(&text)));
            }
            let side = voice.as_ref().and_then(|v| v.side.as_deref());
            let gold_side = statement["side"].as_str();
            tally.sided += u32::from(gold_side.is_some());
            tally.side_hit += u32::from(gold_side.is_some() && side == gold_side);
            if shown()
                && ((gold.is_some() || name.is_some()) && !right || gold.is_some() && side != gold_side)
            {
                let cue = voice.as_ref().and_then(|v| v.cue).map_or("", |c| c.slice(&text));
                println!(
                    "{gold:?} {gold_side:?} | {name:?} {side:?} | [{cue}] {}",
                    statement["text"].as_str().unwrap_or("")
                );
            }
        }
    }
    true
}

#[test]
fn speakers_and_sides_of_authored_articles() {
    let mut all = Tally::default();
    for letter in "abcdge".chars() {
        let mut one = Tally::default();
        if !measure(letter, &mut one) {
            println!("skipped: train-{letter}.jsonl is not present");
            return;
        }
        println!("train-{letter}: speaker F1 {:.3}, side accuracy {:.3}", one.f1(), one.sides());
        all.gold += one.gold;
        all.found += one.found;
        all.hit += one.hit;
        all.sided += one.sided;
        all.side_hit += one.side_hit;
    }
    let (precision, recall) =
        (f64::from(all.hit) / f64::from(all.found), f64::from(all.hit) / f64::from(all.gold));
    println!(
        "all: precision {precision:.3} recall {recall:.3} F1 {:.3}, side accuracy {:.3}",
        all.f1(),
        all.sides()
    );
    assert!(all.f1() >= FLOOR_SPEAKER, "speaker F1 {:.3}", all.f1());
    assert!(all.sides() >= FLOOR_SIDE, "side accuracy {:.3}", all.sides());
}

/// The said-type cues, by their verb.
const SAID: &str = "said says say told tells added adds to wrote writes noted stated reported announced argued declared \
explained claimed responded suggested acknowledged warned insisted replied saying adding";

fn is_said(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    let last = cue.split_whitespace().next_back().unwrap_or("");
    SAID.split_whitespace().any(|s| s == last)
        && (last != "to" || cue == "according to")
        && cue.split_whitespace().count() <= 2
}

/// Whether two spans share at least half of the longer one.
fn half(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize;
    2 * shared >= a.len().min(b.len()) && shared > 0
}

#[test]
fn real_attributions() {
    let Some(documents) = read("polnear-dev.jsonl") else {
        println!("skipped: polnear-dev.jsonl is not present");
        return;
    };
    let (mut golds, mut founds, mut hits) = (0_u32, 0_u32, 0_u32);
    for document in &documents {
        let text = document["text"].as_str().unwrap_or("");
        let bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let spans = |value: &Value| -> Vec<Span> {
            let at = |c: usize| bytes.get(c).copied().unwrap_or(text.len());
            let pairs: Vec<(usize, usize)> = serde_json::from_value(value.clone()).unwrap_or_default();
            pairs.into_iter().map(|(s, e)| Span::new(at(s), at(e))).collect()
        };
        let mut found = attributions(text, &split(text));
        found.retain(|f| is_said(f.cue.slice(text)));
        founds += found.len() as u32;
        for gold in document["attributions"].as_array().expect("attributions") {
            let (cues, sources, contents) =
                (spans(&gold["cue"]), spans(&gold["source"]), spans(&gold["content"]));
            let cue = cues.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" ");
            if !is_said(&cue) || sources.is_empty() {
                continue;
            }
            golds += 1;
            let touches = |list: &[Span], b: Span| list.iter().any(|a| half(*a, b));
            let fits = |f: &&detente_lang::Attribution| {
                touches(&cues, f.cue) && touches(&sources, f.source) && touches(&contents, f.content)
            };
            if found.iter().any(|f| fits(&f)) {
                hits += 1;
            } else if shown() {
                let near = found
                    .iter()
                    .find(|f| touches(&cues, f.cue))
                    .map(|f| (f.source.slice(text), f.content.slice(text)));
                println!(
                    "missed: {:?} {cue} {:?} | {near:?}",
                    sources.first().map(|s| s.slice(text)),
                    contents.first().map(|s| s.slice(text))
                );
            }
        }
    }
    let f1 = f64::from(2 * hits) / f64::from(golds + founds);
    println!(
        "real attributions: precision {:.3} recall {:.3} F1 {f1:.3}",
        f64::from(hits) / f64::from(founds),
        f64::from(hits) / f64::from(golds)
    );
    assert!(f1 >= FLOOR_REAL, "F1 {f1:.3}");
}

#[test]
fn the_phase_one_article() {
    let Ok(text) = fs::read_to_string("../shared/articles/phase-one-2019.txt") else {
        println!("skipped: phase-one-2019.txt is not present");
        return;
    };
    let spans = split(&text);
    let found = speakers(&text, &spans, &BTreeMap::new());
    for (span, voice) in spans.iter().zip(&found).filter(|_| shown()) {
        println!(
            "{:?} <- {}",
            voice.as_ref().map(|v| (&v.name, &v.side, v.kind, &v.channel)),
            span.slice(&text)
        );
    }
    let of = |part: &str| {
        let at = spans.iter().position(|s| s.slice(&text).contains(part)).expect("the sentence");
        found[at].clone().unwrap_or_else(|| panic!("no voice: {part}"))
    };
    let said = |part: &str| (of(part).name, of(part).side);
    assert_eq!(said("Liu He"), ("Liu He".into(), Some("China".into())));
    assert_eq!(of("Liu He").channel.as_deref(), Some("Bloomberg News"));
    assert_eq!(said("by the end of the year"), ("Robert O’Brien".into(), Some("United States".into())));
    assert_eq!(said("a good sign"), ("Robert O’Brien".into(), Some("United States".into())));
    assert_eq!(of("150 associations").kind, SpeakerKind::Outsider);
    assert_eq!(of("close to the White House").kind, SpeakerKind::Unnamed);
    assert_eq!(said("did not yet agree"), ("Donald Trump".into(), Some("United States".into())));
    assert_eq!(said("to which Trump"), ("Donald Trump".into(), Some("United States".into())));
    assert_eq!(of("citing unnamed").kind, SpeakerKind::Unnamed);
    assert_eq!(of("citing unnamed").channel.as_deref(), Some("the Wall Street Journal"));
}

/// The voice of the one sentence `text`, as name, side and kind.
fn one(text: &str) -> Option<(String, Option<String>, SpeakerKind)> {
    let parties = BTreeMap::from([
        ("arland".to_owned(), vec!["Arland".to_owned(), "Minister Ada Brenn".to_owned()]),
        ("guild".to_owned(), vec!["Harbour Guild".to_owned(), "the union".to_owned()]),
    ]);
    let voice = speakers(text, &[Span::new(0, text.len())], &parties).pop().flatten();
    voice.map(|v| (v.name, v.side, v.kind))
}

#[test]
fn orders_of_the_news() {
    for (text, name, side) in [
        ("“We are close,” said the Arlandian minister, Ada Brenn.", "Ada Brenn", Some("arland")),
        ("Ada Brenn, who leads the delegation, said she was hopeful.", "Ada Brenn", Some("arland")),
        ("According to the union, the offer is too low.", "the union", Some("guild")),
        ("Tarn Radio reported that Ada Brenn said no.", "Ada Brenn", Some("arland")),
        ("Prices will rise, small retailers said.", "small retailers", None),
        ("Brenn ruled out any further talks.", "Brenn", Some("arland")),
        ("A deal is near, though not certain, said Ulla Kerr, an analyst in Tarn.", "Ulla Kerr", None),
        ("Ulla Kerr of Tarn Research put the odds of a deal at two in three.", "Ulla Kerr", None),
        ("Ada Brenn: “We shall see.”", "Ada Brenn", Some("arland")),
        ("Arland made an offer, to which the union said no.", "the union", Some("guild")),
    ] {
        let found = one(text);
        let found = found.as_ref().map(|(name, side, _)| (name.as_str(), side.as_deref()));
        assert_eq!(found, Some((name, side)), "{text}");
    }
}

#[test]
fn near_misses_have_no_voice() {
    for text in [
        "The member states have until Friday.",
        "The union called off the strike.",
        "Arland announced a new round of talks.",
        "The report was published on Monday.",
        "The talks went on to midnight.",
        "The agreement that Arland rejected was shelved.",
        "Exports rose by a tenth, according to customs data.",
        "No one in the hall said a word.",
    ] {
        assert_eq!(one(text), None, "{text}");
    }
}

#[test]
fn sources_keep_their_kind() {
    for (text, kind) in [
        ("People close to the talks said a deal was near.", SpeakerKind::Unnamed),
        ("An analyst said a deal was near.", SpeakerKind::Outsider),
        ("Mediator Ulla Kerr said a deal was near.", SpeakerKind::Outsider),
        ("The Growers’ Association said a deal was near.", SpeakerKind::Outsider),
        ("Arland said a deal was near.", SpeakerKind::Party),
    ] {
        assert_eq!(one(text).map(|v| v.2), Some(kind), "{text}");
    }
}

/// The voices of the sentences of `text`, as names.
fn names(text: &str) -> Vec<Option<String>> {
    speakers(text, &split(text), &BTreeMap::new()).into_iter().map(|v| v.map(|v| v.name)).collect()
}

#[test]
fn answers_of_an_interview_are_the_guests() {
    let text = "Ada Brenn leads the harbour union.\n\nQ: Is there a deal?\n\nA: Not yet. My deputy says so too.\n\n\
                The strike goes on.";
    let guest = Some("Ada Brenn".to_owned());
    assert_eq!(names(text), [None, None, guest.clone(), guest, None]);
    // letters alone are no turns
    assert_eq!(names("Ada Brenn left.\n\nA: the first plan.\n\nB: the second plan."), [None, None, None]);
}

#[test]
fn they_are_people_a_group_or_a_party() {
    for (text, speaker) in [
        ("Talks collapsed on Sunday. “No deal,” they said.", None),
        ("Shares fell on Sunday. “No deal,” they said.", None),
        ("Unions walked out on Sunday. “No deal,” they said.", Some("Unions")),
        ("The Teamsters walked out on Sunday. “No deal,” they said.", Some("Teamsters")),
    ] {
        assert_eq!(names(text).pop().flatten().as_deref(), speaker, "{text}");
    }
}

#[test]
fn it_is_the_body_that_its_sentence_began_with() {
    let text = "The Harbour Guild said no. Tarn Coal will sell its mines, it told customers on Monday.";
    let wanted = ["Harbour Guild", "Tarn Coal"].map(|name| Some(name.to_owned()));
    assert_eq!(names(text), wanted);
}

/// Each would take minutes if its cost grew by the square.
#[test]
fn hostile_texts_cost_time_by_the_byte() {
    let many = 30_000;
    let texts = [
        "Ada Brenn said “yes” and ".repeat(many),
        "“A” said B. ".repeat(many),
        "“A “B “C ".repeat(many),
        "and saying ".repeat(many),
        "Bank of Ada and Brenn and ".repeat(many),
        "who said, ".repeat(many),
        "China and Japan met. Xu Brenn dealt with China, he said. ".repeat(many / 2),
        "on Monday the minister, ".repeat(many),
        (0..many).fold(String::new(), |text, i| {
            text + "Minister Ada Name" + &i.to_string() + " said so. He said no. "
        }),
        "a.".repeat(4 * many),
        "’".repeat(4 * many),
        "the ".repeat(4 * many) + "minister said",
    ];
    for text in &texts {
        let sentences = split(text);
        let whole = [Span::new(0, text.len())];
        assert_eq!(speakers(text, &sentences, &BTreeMap::new()).len(), sentences.len());
        assert_eq!(speakers(text, &whole, &BTreeMap::new()).len(), 1);
        let within = |span: Span| text.get(span.range()).is_some();
        assert!(attributions(text, &whole).iter().all(|a| within(a.source) && within(a.content)));
    }
}

proptest! {
    #[test]
    fn never_panics_and_keeps_to_character_bounds(text in "([A-Za-z“”\"'’,. \n]|said |he |the |according to |é){0,80}", a in 0_usize..200, b in 0_usize..200) {
        let mut spans = split(&text);
        spans.push(Span::new(a, b));
        for voice in speakers(&text, &spans, &BTreeMap::new()).into_iter().flatten() {
            for span in [voice.source, voice.content] {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }

    #[test]
    fn swapping_the_parties_swaps_the_sides(first in "[A-Z][a-z]{4,8}ska", second in "[A-Z][a-z]{4,8}ovo") {
        let tell = |x: &str, y: &str| format!("The {x} minister Ada Brenn said that {y} was late. A {y} diplomat said it was not.");
        let of = |text: String| {
            let parties = BTreeMap::from([("one".to_owned(), vec![first.clone()]), ("two".to_owned(), vec![second.clone()])]);
            speakers(&text, &split(&text), &parties).into_iter().map(|v| v.and_then(|v| v.side)).collect::<Vec<_>>()
        };
        prop_assert_eq!(of(tell(&first, &second)), [Some("one".to_owned()), Some("two".to_owned())]);
        prop_assert_eq!(of(tell(&second, &first)), [Some("two".to_owned()), Some("one".to_owned())]);
    }
}
