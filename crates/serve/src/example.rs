//! [`example_store`]: the example negotiation that the start page shows. Invented, as are its countries.

use detente::Result;
use detente_archive::Scoring;
use detente_input::article_from_text;

use crate::store::Store;

/// The name of the negotiation.
pub(crate) const EXAMPLE_NAME: &str = "Fishing talks of Estmar and Kovland";

/// The articles of `data/example`, which a test compares.
const ARTICLES: [(&str, &str); 13] = [
    ("2033-01-12-harbour-wire", include_str!("../example/2033-01-12-harbour-wire.txt")),
    ("2033-01-27-north-courier", include_str!("../example/2033-01-27-north-courier.txt")),
    ("2033-02-09-harbour-wire", include_str!("../example/2033-02-09-harbour-wire.txt")),
    ("2033-02-18-daily-beacon", include_str!("../example/2033-02-18-daily-beacon.txt")),
    ("2033-03-03-north-courier", include_str!("../example/2033-03-03-north-courier.txt")),
    ("2033-03-16-harbour-wire", include_str!("../example/2033-03-16-harbour-wire.txt")),
    ("2033-04-11-daily-beacon", include_str!("../example/2033-04-11-daily-beacon.txt")),
    ("2033-04-21-harbour-wire", include_str!("../example/2033-04-21-harbour-wire.txt")),
    ("2033-05-12-north-courier", include_str!("../example/2033-05-12-north-courier.txt")),
    ("2033-05-26-harbour-wire", include_str!("../example/2033-05-26-harbour-wire.txt")),
    ("2033-06-08-daily-beacon", include_str!("../example/2033-06-08-daily-beacon.txt")),
    ("2033-06-20-north-courier", include_str!("../example/2033-06-20-north-courier.txt")),
    ("2033-06-24-harbour-wire", include_str!("../example/2033-06-24-harbour-wire.txt")),
];

/// The example in memory.
pub(crate) fn example_store(scoring: Scoring) -> Result<Store> {
    let store = Store::open(None, scoring)?;
    let article = |(id, text): &(&str, &str)| {
        let mut article = article_from_text(*id, *text);
        article.negotiation = Some(EXAMPLE_NAME.to_owned());
        article
    };
    store.add(ARTICLES.iter().map(article).collect())?;
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_that_of_the_data_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/example");
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, ARTICLES.map(|(id, _)| format!("{id}.txt")));
        for (id, text) in ARTICLES {
            assert_eq!(
                std::fs::read_to_string(folder.join(format!("{id}.txt"))).expect("a text"),
                text,
                "{id}"
            );
        }
    }
}
