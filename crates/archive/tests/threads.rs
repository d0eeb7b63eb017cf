//! Readers and writers at the same time.

mod common;

use std::sync::atomic::{AtomicBool, Ordering};

use common::{article, builtin, dated, folder};
use detente::{Article, Engine};
use detente_archive::{Archive, ArticleFilter, NewArticle, Page};

#[test]
fn two_readers_see_whole_calls_while_one_writes() {
    const CALLS: usize = 60;
    const PER_CALL: usize = 5;
    let folder = folder();
    let path = folder.path().join("talks.db");
    let mut writer = Archive::create(&path).expect("an archive");
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let archive = Archive::open(&path).expect("opened");
                    let mut counts = Vec::new();
                    while !is_done.load(Ordering::Relaxed) {
                        let count = archive.count(&ArticleFilter::default()).expect("read");
                        assert_eq!(count % PER_CALL, 0, "a part of a call");
                        let page = Page { offset: 0, limit: 1000 };
                        let hits = archive.find("talks", &ArticleFilter::default(), None, page);
                        assert!(hits.expect("read").len() >= count);
                        counts.push(count);
                    }
                    assert!(counts.is_sorted());
                    counts
                })
            })
            .collect();
        for call in 0..CALLS {
            let new = |n| NewArticle::new(article("a", &format!("Round {call}.{n} of the talks failed.")));
            let articles: Vec<NewArticle> = (0..PER_CALL).map(new).collect();
            writer.add(builtin(), &articles).expect("stored");
        }
        is_done.store(true, Ordering::Relaxed);
        for reader in readers {
            let mut counts = reader.join().expect("no panic");
            counts.dedup();
            assert!(counts.len() > 2, "it read while the other wrote: {counts:?}");
        }
    });
    let count = writer.count(&ArticleFilter::default()).expect("read");
    assert_eq!(count, CALLS * PER_CALL);
}

#[test]
fn two_writers_store_each_text_once_with_what_both_know() {
    const ARTICLES: usize = 40;
    let folder = folder();
    let path = folder.path().join("talks.db");
    let text = |n: usize| format!("Round {n} of the talks failed on Monday.");
    let dated = |n: usize| dated("a", "2031-05-08", &text(n));
    let plain = |n: usize| article("a", &text(n));
    std::thread::scope(|scope| {
        let writers: [&(dyn Fn(usize) -> Article + Sync); 2] = [&dated, &plain];
        for article in writers {
            let path = &path;
            scope.spawn(move || {
                let mut archive = Archive::create(path).expect("an archive");
                for n in 0..ARTICLES {
                    archive.add(builtin(), &[NewArticle::new(article(n))]).expect("stored");
                }
            });
        }
    });
    let archive = Archive::open(&path).expect("opened");
    assert_eq!(archive.count(&ArticleFilter::default()).expect("read"), ARTICLES);
    assert!(archive.verify().expect("read").findings.is_empty());
    let model = archive.model(builtin().model()).expect("read").expect("a model");
    let engine = Engine::builtin().expect("the model");
    for found in archive.into_articles().collect::<Vec<_>>() {
        let (key, stored) = found.expect("read");
        assert!(stored.date.is_some(), "{key}");
        let archive = Archive::open(&path).expect("opened");
        assert_eq!(archive.result(key, model).expect("read"), Some(engine.score(&stored)), "{key}");
    }
}
