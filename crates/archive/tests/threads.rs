//! Readers and writers at the same time.

mod common;

use std::sync::atomic::{AtomicBool, Ordering};

use common::{article, builtin, folder};
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
fn two_writers_store_each_text_once() {
    let folder = folder();
    let path = folder.path().join("talks.db");
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut archive = Archive::create(&path).expect("an archive");
                for n in 0..40 {
                    let new = NewArticle::new(article("a", &format!("Round {n} of the talks failed.")));
                    archive.add(builtin(), &[new]).expect("stored");
                }
            });
        }
    });
    let archive = Archive::open(&path).expect("opened");
    assert_eq!(archive.count(&ArticleFilter::default()).expect("read"), 40);
    assert!(archive.verify().expect("read").findings.is_empty());
}
