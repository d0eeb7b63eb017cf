//! Storing articles: each text once, whatever else changes.

mod common;

use common::{all_rows, archive, article, builtin, dated, folder, key};
use detente::{Article, Engine, ErrorKind};
use detente_archive::{Archive, ArticleFilter, Filing, ModelIdentity, NewArticle, Outcome, Page, Scoring};
use rusqlite::Connection;

fn outcomes(archive: &mut Archive, articles: Vec<Article>) -> Vec<Outcome> {
    let articles: Vec<NewArticle> = articles.into_iter().map(NewArticle::new).collect();
    let stored = archive.add(builtin(), &articles).expect("stored");
    stored.into_iter().map(|stored| stored.outcome).collect()
}

/// The built-in model under another checksum.
fn other_model() -> Scoring {
    let identity = ModelIdentity { id: "other".to_owned(), checksum: "0".repeat(64) };
    Scoring::new(Engine::builtin().expect("the model"), identity)
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = folder();
    let mut archive = archive(&folder);
    let articles =
        || vec![dated("a", "2031-05-01", "Talks collapsed."), article("b", "They signed the accord.")];
    assert_eq!(outcomes(&mut archive, articles()), [Outcome::Added; 2]);
    let rows = all_rows(archive.path());
    assert_eq!(outcomes(&mut archive, articles()), [Outcome::Known; 2]);
    assert_eq!(all_rows(archive.path()), rows);
    assert!(rows.iter().any(|row| row.contains("collapsed")), "{rows:?}");
}

#[test]
fn the_same_text_elsewhere_is_a_source_not_an_article() {
    let folder = folder();
    let mut archive = archive(&folder);
    let mut copy = article("https://b.example/2", "Talks  resumed\non Monday.");
    copy.source = Some("The Lantern".to_owned());
    copy.title = Some("Another headline".to_owned());
    let first = article("https://a.example/1", "Talks resumed on Monday.");
    let found = outcomes(&mut archive, vec![first, copy.clone()]);
    // the copy has a headline and an outlet, which the first one lacks
    assert_eq!(found, [Outcome::Added, Outcome::Completed]);
    copy.id = "https://c.example/3".to_owned();
    copy.title = Some("A third headline".to_owned());
    assert_eq!(outcomes(&mut archive, vec![copy.clone(), copy]), [Outcome::SourceAdded, Outcome::Known]);
    let record = archive.article(key(1)).expect("read").expect("an article");
    assert_eq!(record.article.text, "Talks resumed on Monday.");
    assert_eq!(record.article.title.as_deref(), Some("Another headline"));
    let ids: Vec<&str> = record.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["https://a.example/1", "https://b.example/2", "https://c.example/3"]);
    assert_eq!(archive.count(&ArticleFilter::default()).expect("read"), 1);
}

#[test]
fn a_known_article_gets_what_it_lacks_and_is_scored_again() {
    let text = "The envoys will meet on Monday. Talks are close to collapse, they said.";
    let complete = dated("a", "2031-05-08", text);
    let folders = [folder(), folder()];
    let mut archives = folders.each_ref().map(archive);
    // in two calls, and in one
    assert_eq!(outcomes(&mut archives[0], vec![article("a", text)]), [Outcome::Added]);
    assert_eq!(outcomes(&mut archives[0], vec![complete.clone()]), [Outcome::Completed]);
    let both = vec![article("a", text), complete.clone()];
    assert_eq!(outcomes(&mut archives[1], both), [Outcome::Added, Outcome::Completed]);
    assert_eq!(all_rows(archives[0].path()), all_rows(archives[1].path()));
    let [archive, _] = archives;
    let model = archive.model(builtin().model()).expect("read").expect("a model");
    let scored = archive.result(key(1), model).expect("read").expect("a result");
    assert_eq!(scored, Engine::builtin().expect("the model").score(&complete));
    assert!(scored.statements[0].when.is_some(), "the date counts: {scored:?}");
}

#[test]
fn the_archive_does_not_depend_on_how_articles_are_divided() {
    let articles: Vec<Article> = (0..40)
        .map(|n| {
            let mut found = article(&format!("n{n}"), &format!("Round {} of the talks failed.", n % 13));
            found.source = (n % 3 == 0).then(|| format!("outlet {}", n % 5));
            found.date = (n % 4 == 0).then(|| "2031-05-01".parse().expect("a date"));
            found
        })
        .collect();
    let stored = |sizes: usize| {
        let folder = folder();
        let mut archive = archive(&folder);
        for part in articles.chunks(sizes) {
            outcomes(&mut archive, part.to_vec());
        }
        // numbers of results grow where an article is scored again
        let rows = all_rows(archive.path()).into_iter();
        rows.map(|row| {
            if row.starts_with("result|") {
                row.split_once('|').unwrap().1.split_once('|').unwrap().1.to_owned()
            } else {
                row
            }
        })
        .collect::<Vec<_>>()
    };
    let at_once = stored(40);
    for size in [1, 7] {
        let mut parts = stored(size);
        let mut whole = at_once.clone();
        parts.sort();
        whole.sort();
        assert_eq!(parts, whole, "{size}");
    }
}

#[test]
fn several_models_stand_side_by_side() {
    let folder = folder();
    let mut archive = archive(&folder);
    outcomes(&mut archive, vec![article("a", "Talks collapsed."), article("b", "A deal is near.")]);
    let other = other_model();
    assert_eq!(archive.count_unscored(&other).expect("read"), 2);
    assert_eq!(archive.rescore(&other, 1).expect("scored"), 1);
    assert_eq!(archive.count_unscored(&other).expect("read"), 1);
    assert_eq!(archive.rescore(&other, 10).expect("scored"), 1);
    assert_eq!(archive.rescore(&other, 10).expect("scored"), 0);
    let models = archive.models().expect("read");
    let counts: Vec<_> = models.iter().map(|model| (model.identity.id.as_str(), model.articles)).collect();
    assert_eq!(counts, [("negotiation-en-1", 2), ("other", 2)]);
    let key = archive.model(other.model()).expect("read").expect("a model");
    assert!(archive.result(common::key(1), key).expect("read").is_some());
    // a completed article is outdated for the other model
    assert_eq!(
        outcomes(&mut archive, vec![dated("a", "2031-05-01", "Talks collapsed.")]),
        [Outcome::Completed]
    );
    assert_eq!(archive.count_unscored(&other).expect("read"), 1);
    assert_eq!(archive.count_unscored(builtin()).expect("read"), 0);
    let added = archive.add(&other, &[NewArticle::new(article("b", "A deal is near."))]).expect("stored");
    assert_eq!(added[0].outcome, Outcome::Known);
    let added = archive.add(&other, &[NewArticle::new(article("a", "Talks collapsed."))]).expect("stored");
    assert_eq!(added[0].outcome, Outcome::Scored);
    assert!(archive.verify().expect("read").findings.is_empty());
}

#[test]
fn statements_events_and_clutter_are_stored() {
    let folder = folder();
    let mut archive = archive(&folder);
    let text =
        "The union refused to walk out of the talks, said Ada Brenn.\n\nSign up for our newsletter here.";
    outcomes(&mut archive, vec![article("a", text)]);
    let model = archive.model(builtin().model()).expect("read").expect("a model");
    let scored = archive.result(key(1), model).expect("read").expect("a result");
    assert_eq!(scored, Engine::builtin().expect("the model").score(&article("a", text)));
    let connection = Connection::open(archive.path()).expect("a database");
    let event: (String, String, String, i64) = connection
        .query_row("SELECT predicate, object, state, value FROM event WHERE object IS NOT NULL", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .expect("an event");
    let stored = scored.statements[0].events.iter().find(|event| event.object.is_some()).expect("an event");
    assert_eq!((event.0.as_str(), event.1.as_str(), event.2.as_str()), ("WITHDRAW", "TALKS", "negated"));
    assert_eq!(event.3, (stored.value * 10_000.0).round() as i64);
    let clutter: Vec<bool> = connection
        .prepare("SELECT clutter FROM statement ORDER BY n")
        .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
        .expect("statements");
    assert_eq!(clutter, scored.statements.iter().map(|statement| statement.clutter).collect::<Vec<_>>());
    assert!(clutter.contains(&true) && clutter.contains(&false), "{clutter:?}");
}

#[test]
fn articles_are_filed_and_removed_with_all_their_rows() {
    let folder = folder();
    let mut archive = archive(&folder);
    outcomes(
        &mut archive,
        vec![dated("a", "2031-05-01", "Talks collapsed."), article("b", "A deal is near.")],
    );
    assert_eq!(archive.set_negotiation(&[key(1), key(2), key(9)], Some(" steel ")).expect("filed"), 2);
    assert_eq!(archive.set_negotiation(&[key(1)], Some("steel")).expect("filed"), 0);
    assert_eq!(archive.set_negotiation(&[key(2)], None).expect("filed"), 1);
    let found = archive.negotiations().expect("read");
    let found: Vec<_> = found.iter().map(|n| (n.name.as_deref(), n.articles)).collect();
    assert_eq!(found, [(Some("steel"), 1), (None, 1)]);
    let model = archive.model(builtin().model()).expect("read");
    let scored = archive.result(key(1), model.expect("a model")).expect("read").expect("a result");
    assert_eq!(scored.negotiation.as_deref(), Some("steel"));
    let unfiled = ArticleFilter { filing: Filing::Unfiled, ..ArticleFilter::default() };
    let articles = archive.articles(&unfiled, model, Page::default()).expect("read");
    assert_eq!(articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["b"]);
    assert!(archive.remove(key(1)).expect("removed") && !archive.remove(key(1)).expect("removed"));
    assert!(
        archive
            .find("collapsed", &ArticleFilter::default(), model, Page::default())
            .expect("read")
            .is_empty()
    );
    assert!(archive.verify().expect("read").findings.is_empty());
    let left = all_rows(archive.path());
    assert!(!left.iter().any(|row| row.contains("ollapsed") || row.starts_with("statement|1|")), "{left:?}");
    outcomes(&mut archive, vec![article("a", "Talks collapsed.")]);
    assert_eq!(archive.articles(&unfiled, model, Page::default()).expect("read")[0].key, key(3));
}

#[test]
fn other_files_and_newer_archives_are_refused_in_words() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("text.db"), "Talks resumed. ".repeat(20)).expect("written");
    Connection::open(path("other.db"))
        .and_then(|other| other.execute_batch("CREATE TABLE a (b)"))
        .expect("written");
    for name in ["text.db", "other.db"] {
        for opened in [Archive::open(path(name)), Archive::create(path(name))] {
            let error = opened.expect_err("refused");
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert!(error.to_string().ends_with(&format!("{name}: not an archive of detente")), "{error}");
        }
        assert!(!Archive::is_archive(path(name)));
    }
    let missing = Archive::open(path("none.db")).expect_err("missing");
    assert_eq!((missing.kind(), missing.path()), (ErrorKind::Io, Some(path("none.db").as_path())));
    assert!(Archive::create(path("no/such/folder.db")).is_err() && Archive::create(folder.path()).is_err());

    drop(Archive::create(path("newer.db")).expect("an archive"));
    assert!(Archive::is_archive(path("newer.db")));
    let newer = Connection::open(path("newer.db")).expect("a database");
    newer.pragma_update(None, "user_version", 99).expect("written");
    let error = Archive::open(path("newer.db")).expect_err("newer");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(
        error.to_string().contains("a newer version of detente wrote this archive (schema 99"),
        "{error}"
    );
}

#[test]
fn damage_is_found() {
    let folder = folder();
    let mut archive = archive(&folder);
    outcomes(&mut archive, vec![article("a", "Talks collapsed."), article("b", "A deal is near.")]);
    let other = Connection::open(archive.path()).expect("a database");
    let findings = |archive: &Archive| -> Vec<String> {
        let report = archive.verify().expect("read");
        assert!(report.articles == 2 && report.results == 2 || !report.findings.is_empty(), "{report:?}");
        report.findings.into_iter().map(|finding| finding.message).collect()
    };
    assert!(findings(&archive).is_empty());
    for (damage, message) in [
        ("UPDATE reading SET score = 1 WHERE article = 1", "article 1: its rows do not fit its result"),
        ("UPDATE result SET json = x'00' WHERE article = 2", "article 2: damaged result"),
        ("UPDATE body SET text = 'Talks went on.' WHERE article = 2", "article 2: its text is not the one"),
        ("DROP TRIGGER body_updated; UPDATE body SET text = 'No.' WHERE article = 1", "the index of words"),
        (
            "PRAGMA foreign_keys = off; DELETE FROM reading WHERE article = 1",
            "a row refers to no row of reading",
        ),
    ] {
        other.execute_batch(damage).expect(damage);
        let found = findings(&archive);
        assert!(found.iter().any(|finding| finding.contains(message)), "{damage}: {found:?}");
    }
}

#[test]
fn the_query_of_the_guide_runs() {
    let guide = include_str!("../../../docs/archive.md");
    let sql = guide.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a query");
    let folder = folder();
    let mut archive = archive(&folder);
    let mut said = dated("a", "2033-05-01", "Velmark said that it was optimistic about a deal.");
    said.negotiation = Some("selvoe".to_owned());
    said.parties = [("velmark".to_owned(), vec!["Velmark".to_owned()])].into();
    outcomes(&mut archive, vec![said]);
    let other = Connection::open(archive.path()).expect("a database");
    let row: (String, String, f64, i64) = other
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .expect("a row");
    assert_eq!((row.0.as_str(), row.1.as_str(), row.3), ("2033-05", "velmark", 1));
    assert!(row.2 > 0.0 && row.2 <= 1.0, "{}", row.2);
}
