//! Tests of articles from records.

use detente::Article;

use super::article::RecordReader;
use crate::json_value::JsonValue;
use crate::options::FieldMap;

fn article(json: &str, fields: &FieldMap) -> Result<Article, String> {
    let Ok(JsonValue::Object(record)) = serde_json::from_str(json) else { panic!("not an object: {json}") };
    let read = RecordReader::new(fields.clone()).read(&record);
    read.map(|read| read.article).map_err(|error| error.to_string())
}

fn guessed(json: &str) -> Article {
    article(json, &FieldMap::default()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn kinds(article: &Article) -> Vec<&str> {
    article.warnings.iter().map(|warning| warning.kind.as_str()).collect()
}

#[test]
fn the_preferred_field_is_used_whatever_its_case_and_place() {
    let found = guessed(r#"{"content":"no","Body ":"yes","URL":"u","_id":7}"#);
    assert_eq!((found.text.as_str(), found.id.as_str()), ("yes", "7"));
}

#[test]
fn the_first_candidate_with_a_text_is_used() {
    for json in [
        r#"{"text":"","body":"Talks went on."}"#,
        r#"{"text":" ","content":"Talks went on."}"#,
        r#"{"text":"nan","content":"Talks went on."}"#,
        r#"{"text":"[Removed]","content":"Talks went on."}"#,
        r#"{"title":"Talks","text":"Talks","content":"Talks went on."}"#,
        r#"{"story":123,"Maintext":"Talks went on."}"#,
        r#"{"text":["Talks went on."]}"#,
        r#"{"article":true,"fields":{"bodyText":"Talks went on."}}"#,
        r#"{"title":{"rendered":"Talks"},"content":{"rendered":"<p>Talks went on.</p>"}}"#,
        r#"{"_source":{"text":"Talks went on."},"source":{"text":"The Lantern"}}"#,
    ] {
        assert_eq!(guessed(json).text, "Talks went on.", "{json}");
    }
    assert_eq!(
        article(r#"{"text":"","body":"n/a"}"#, &FieldMap::default()).expect_err("empty"),
        "field text: empty"
    );
    assert_eq!(guessed(r#"{"title":"Talks","text":"Talks"}"#).text, "Talks");
}

#[test]
fn common_exports_need_no_options() {
    let day = |json: &str| guessed(json).date.map(|day| day.to_string());
    for json in [
        r#"{"text":"x","publishedAt":"2020-01-15T10:00:00Z"}"#,
        r#"{"text":"x","Date Published":"January 15, 2020"}"#,
        r#"{"text":"x","dc:date":"2020-01-15"}"#,
        r#"{"text":"x","published_at":{"$date":{"$numberLong":"1579132799000"}}}"#,
        r#"{"text":"x","published":true,"created_at":"2020-01-15"}"#,
        r#"{"text":"x","date":"n/a","published_at":"2020-01-15"}"#,
        r#"{"text":"x","date":"","published":"2020-01-15"}"#,
        r#"{"text":"x","date of first print":"2020-01-15"}"#,
        r#"{"text":"x","meta":{"datePublished":"2020-01-15"}}"#,
        r#"{"text":"x","timestamp":1579132799}"#,
    ] {
        assert_eq!(day(json).as_deref(), Some("2020-01-15"), "{json}");
    }
    let found = guessed(
        r#"{"source":{"id":null,"name":"The Lantern"},"headline":{"main":"Talks"},"url":["u"],"lead_paragraph":"x"}"#,
    );
    assert_eq!(found.source.as_deref(), Some("The Lantern"));
    assert_eq!((found.title.as_deref(), found.id.as_str()), (Some("Talks"), "u"));
    assert_eq!(guessed(r#"{"text":"x","title":"nan","SourceCommonName":"a"}"#).title, None);
}

#[test]
fn a_field_of_another_type_is_skipped_with_a_note() {
    let found = guessed(r#"{"text":"x","published":true,"link":[{"href":"x"}],"parties":"Velmark"}"#);
    assert_eq!(kinds(&found), ["skipped-field"; 3]);
    assert!(
        found.warnings[0].message.starts_with("field published: not used as date"),
        "{:?}",
        found.warnings
    );
    assert!(kinds(&guessed(r#"{"text":"x","date":null,"title":null}"#)).is_empty());
}

#[test]
fn a_date_that_is_none_or_stands_in_an_unknown_field_is_noted() {
    for (json, start) in [
        (r#"{"text":"x","pubDate":"soon"}"#, "field pubDate: \"soon\" is not a date"),
        (r#"{"text":"x","crawl_date":"2020-01-15"}"#, "no date field; field crawl_date has a date"),
        (r#"{"text":"x","when":"2020-01-15"}"#, "no date field; field when has a date"),
    ] {
        let found = guessed(json);
        assert_eq!((found.date, kinds(&found)), (None, vec!["bad-date"]), "{json}");
        assert!(found.warnings[0].message.starts_with(start), "{:?}", found.warnings);
    }
    assert!(kinds(&guessed(r#"{"text":"x","version":"2020.1"}"#)).is_empty());
}

#[test]
fn a_given_text_field_must_exist_and_others_are_noted() {
    let fields = FieldMap { text: Some("a.t".into()), date: Some("d".into()), ..FieldMap::default() };
    for (json, message) in [
        (r#"{"text":"x"}"#, "field a.t: missing (--text-field)"),
        (r#"{"a":{"t":{}},"d":""}"#, "field a.t: not a text"),
    ] {
        assert_eq!(article(json, &fields).expect_err(json), message);
    }
    for json in [r#"{"a":{"t":"x"}}"#, r#"{"a":{"t":"x"},"d":"soon"}"#, r#"{"a":[{"t":"x"}],"d":[]}"#] {
        assert_eq!(kinds(&article(json, &fields).expect(json)), ["bad-date"], "{json}");
    }
    let fields = FieldMap {
        source: Some("paper".into()),
        group: Some("desk.name".into()),
        date: Some("d".into()),
        date_format: Some("mdy".parse().expect("a pattern")),
        ..FieldMap::default()
    };
    let json = r#"{"text":"x","paper":"The Lantern","source":"no","desk":{"name":"ports"},"d":"01/02/2020"}"#;
    let found = article(json, &fields).expect("an article");
    assert_eq!((found.source.as_deref(), found.negotiation.as_deref()), (Some("The Lantern"), Some("ports")));
    assert_eq!(found.date.map(|day| day.to_string()).as_deref(), Some("2020-01-02"));
}

#[test]
fn statements_of_another_form_are_errors() {
    for (json, message) in [
        (r#"{"statements":1}"#, "field statements: not an array"),
        (r#"{"statements":[{"text":"x"},{}]}"#, "field statements[1].text: missing or not a text"),
    ] {
        assert_eq!(article(json, &FieldMap::default()).expect_err(json), message);
    }
}

#[test]
fn markup_and_cut_texts_are_noted() {
    let found =
        guessed(r#"{"content":"The sides met. Both sides agreed on most points, and th… [+2219 chars]"}"#);
    assert_eq!(found.text, "The sides met. Both sides agreed on most points, and th…");
    assert_eq!(kinds(&found), ["truncated"]);
    assert_eq!(kinds(&guessed(r#"{"text":"<p>The sides met.</p>"}"#)), ["html"]);
}
