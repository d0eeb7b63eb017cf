//! Invariants of outlooks (filler, repetition, swapped names), the ledger of explanations, and their pages.

use std::collections::BTreeMap;

use detente::{Article, Day, Engine, ExplainedArticle, ScoredArticle};
use detente_input::article_from_text;
use detente_report::{ExplainFormat, write_explained};

fn engine() -> Engine {
    Engine::builtin().expect("the built-in model opens")
}

fn samples() -> Vec<Article> {
    let read = |name: &str| {
        let path = format!("{}/data/articles/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        article_from_text(name, std::fs::read_to_string(path).expect("a sample"))
    };
    ["river-talks", "dock-strike", "ceasefire-monitor"].map(read).to_vec()
}

/// Returns the article with another body.
fn with_body(article: &Article, body: String) -> Article {
    let bare = Article::new(article.id.clone(), body);
    Article { text: bare.text, body: bare.body, ..article.clone() }
}

fn body(article: &Article) -> &str {
    article.body.slice(&article.text)
}

fn score(scored: &ScoredArticle) -> f64 {
    scored.outlook.as_ref().expect("an outlook").score.get()
}

#[test]
fn filler_does_not_change_the_outlook() {
    let filler = "The hotel has two hundred rooms. Its kitchen opens at seven. The lobby was painted green.";
    for article in samples() {
        let before = score(&engine().score(&article));
        for padded in [
            format!("{}\n\n{filler}", body(&article)),
            format!("{filler}\n\n{}", body(&article)),
            format!("{}\n\n{}", body(&article), format!("{filler}\n\n").repeat(5)),
        ] {
            let after = score(&engine().score(&with_body(&article, padded)));
            assert!((after - before).abs() <= 0.02, "{} {before} {after}", article.id);
        }
    }
}

#[test]
fn repetition_does_not_change_the_outlook() {
    for article in samples() {
        let once = engine().score(&with_body(&article, body(&article).to_owned()));
        for times in [2, 3] {
            let text = vec![body(&article); times].join("\n\n");
            let again = engine().score(&with_body(&article, text));
            let (first, second) = (once.outlook.as_ref(), again.outlook.as_ref());
            let figures = |o: &detente::Outlook| (o.score, o.low, o.high, o.reading, o.bearing);
            assert_eq!(first.map(figures), second.map(figures), "{}", article.id);
            assert!(again.statements.iter().skip(once.statements.len()).all(|s| s.repeats.is_some()));
        }
    }
}

#[test]
fn swapping_the_parties_swaps_their_outlooks() {
    let text = |a: &str, b: &str| {
        format!(
            "{a} and {b} resumed talks on Monday. {a} said it was optimistic that a deal was close. \
             {b} said it would not sign the draft and rejected new concessions."
        )
    };
    let parties = |names: [&str; 2]| names.map(|n| (n.to_owned(), vec![n.to_owned()])).into_iter().collect();
    let scored = |a: &str, b: &str| {
        let parties: BTreeMap<String, Vec<String>> = parties([a, b]);
        let date = Day::new(2031, 5, 9);
        engine().score(&Article { parties, date, ..Article::new("swap", text(a, b)) })
    };
    let (first, second) = (scored("Velmark", "Ostrania"), scored("Ostrania", "Velmark"));
    assert_eq!(first.outlook, second.outlook);
    let side = |scored: &ScoredArticle, name: &str| scored.sides.iter().find(|s| s.side == name).cloned();
    let of =
        |scored: &ScoredArticle, name: &str| side(scored, name).and_then(|s| Some((s.score?, s.low, s.high)));
    assert!(of(&first, "Velmark").is_some());
    assert_eq!(of(&first, "Velmark"), of(&second, "Ostrania"));
    assert_eq!(of(&first, "Ostrania"), of(&second, "Velmark"));
    let (gap, swapped) = (first.gap.expect("a gap"), second.gap.expect("a gap"));
    assert_eq!((gap.above.as_str(), swapped.above.as_str()), ("Velmark", "Ostrania"));
    assert!(gap.difference > 0.0 && gap.difference == swapped.difference);
}

#[test]
fn a_silent_party_has_no_score() {
    let parties = ["Velmark", "Ostrania"].map(|n| (n.to_owned(), vec![n.to_owned()])).into_iter().collect();
    let text = "Ostrania said it was optimistic that a deal was close.";
    let scored = engine().score(&Article { parties, ..Article::new("silent", text) });
    let silent = scored.sides.iter().find(|s| s.side == "Velmark").expect("listed");
    assert_eq!((silent.score, silent.statements), (None, 0));
    assert_eq!(scored.gap, None);
    assert!(scored.outlook.is_some_and(|o| o.thin), "one statement is thin evidence");
}

#[test]
fn every_sum_is_exact() {
    for article in samples() {
        let ExplainedArticle { article: scored, ledger, without, .. } = engine().explain(&article);
        let micro = |value: f64| (value * 1e4).round() as i64 * 100;
        assert_eq!(ledger.iter().map(|e| e.article).sum::<i64>(), micro(score(&scored)));
        for (entry, statement) in ledger.iter().zip(&scored.statements) {
            assert_eq!(entry.contributions.iter().map(|p| p.contribution.micro).sum::<i64>(), entry.micro);
            assert_eq!(entry.contributions.iter().map(|p| p.article).sum::<i64>(), entry.article);
            if let Some(score) = statement.score {
                assert_eq!(entry.micro, micro(score.get()));
            }
            assert_eq!(entry.article, micro(statement.contribution));
        }
        let of_sides: i64 = ledger.iter().map(|e| e.side).sum();
        let sides: i64 = scored.sides.iter().filter_map(|s| s.score).map(|s| micro(s.get())).sum();
        assert_eq!(of_sides, sides, "statements add up to their sides");
        assert_eq!(without.len(), scored.outlook.as_ref().map_or(0, |o| o.bearing));
        let first = without.first().expect("a statement counts");
        assert!(without.iter().all(|w| w.moved.abs() <= first.moved.abs()));
        // scoring the text without the statement gives the same
        let left = &scored.statements[first.index];
        let rest = article.text.replace(&left.text, "");
        let gone = engine().score(&with_body(&article, rest[article.body.start as usize..].to_owned()));
        assert!((score(&gone) - first.score.expect("others count").get()).abs() < 0.05, "{}", article.id);
    }
}

fn page(article: &Article) -> String {
    let mut out = Vec::new();
    write_explained(&[engine().explain(article)], ExplainFormat::Html, (8, 80), &mut out).expect("writes");
    String::from_utf8(out).expect("UTF-8")
}

fn adversarial() -> Article {
    let evil = "\"><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
    let text = format!(
        "Talks collapsed on Sunday, said Ada {evil} Brenn. Ostrania said a deal {evil} was close. \
         </p></li></main><style>*{{display:none}}</style> The two sides agreed."
    );
    Article { title: Some(format!("Talks {evil} collapse")), ..Article::new(evil, text) }
}

#[test]
fn markup_in_a_text_is_escaped() {
    let html = page(&adversarial());
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("onerror=\""), "{html}");
    assert_eq!(html.matches("<style").count(), 1);
    assert!(html.contains("&lt;script&gt;"));
    for outside in ["src=", "http:", "https:", "@import", "url("] {
        assert!(!html.replace("&#39;", "").contains(outside) || outside == "src=", "{outside}");
    }
}

/// Opens pages in a headless browser, if one is installed: no error on the console, no script of the text
/// runs, and all parts of the page are in its tree.
#[test]
fn pages_render_without_errors() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        std::process::Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success())
    }) else {
        println!("skipped: there is no headless browser");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (name, article) in [("plain", samples().remove(0)), ("adversarial", adversarial())] {
        let file = folder.path().join(format!("{name}.html"));
        std::fs::write(&file, page(&article)).expect("written");
        let done = std::process::Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("file://{}", file.display()))
            .output()
            .expect("the browser runs");
        let (tree, log) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(!log.contains("CONSOLE"), "{log}");
        assert!(!tree.contains("<title>broken"), "a script of the text ran");
        for part in ["<h1>", "class=\"scale\"", "<h2>Sides</h2>", "<u title=", "<h2>Ledger</h2>"] {
            assert!(tree.contains(part), "{name} shows no {part}");
        }
    }
}
