//! Reports on series as files: hostile text stays text, and headlines in any script fit the terminal.

use detente_report::{SeriesFormat, write_comparison, write_timeline};
use detente_timeline::{
    Collection, Collector, DateLimits, Retain, ScoredRow, SeriesArticle, SetSelector, TimelineSettings,
    compare, timeline,
};

const HOSTILE: &str = "\"><script>alert('x')</script>&amp;\u{1}|*_`</style></svg>";
const HEADLINE: &str = "中美经贸高级别磋商在日内瓦举行双方同意大幅降低双边关税水平并建立磋商机制";

/// Twelve articles with `text` as title, source, speaker and phrase. Their statements differ, so each is a story.
fn collection(text: &str) -> Collection {
    let mut collector = Collector::default();
    for at in 0..12 {
        let score = if at < 6 { -0.4 } else { 0.4 };
        let row = serde_json::json!({
            "schema": 1, "id": format!("a{at}"), "title": text, "date": format!("2020-{:02}-01", at + 1),
            "source": text, "model": text, "outlook": {"score": score, "low": -1.0, "high": 1.0},
            "statements": [{
                "text": format!("{text} {at}"), "bearing": 0.9, "score": score, "weight": 1.0, "contribution": score,
                "speaker": {"name": text, "side": text},
                "cues": [{"start": 0, "end": 1, "text": text, "kind": "outlook"}],
            }],
        });
        let row = row.to_string();
        let row = ScoredRow::from_json(row.as_bytes()).expect("a row");
        collector
            .push(SeriesArticle::new(&row, Retain { statements: true, texts: true, ..Retain::default() }));
    }
    collector.finish(&DateLimits::default()).expect("articles")
}

/// The reports on a timeline and on a comparison.
fn reports(text: &str, format: SeriesFormat, width: usize) -> [String; 2] {
    let collection = collection(text);
    let (mut of_timeline, mut of_comparison) = (Vec::new(), Vec::new());
    let found = timeline(&collection, &TimelineSettings::default()).expect("a timeline");
    write_timeline(&found, format, width, &mut of_timeline).expect("written");
    let day = |text: &str| text.parse().expect("a day");
    let sets = SetSelector::Days { before: day("2020-07-01"), after: day("2020-06-30") };
    let found = compare(&collection, &sets).expect("two sets");
    write_comparison(&found, format, width, &mut of_comparison).expect("written");
    [of_timeline, of_comparison].map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
}

#[test]
fn hostile_text_stays_text_in_pages() {
    for page in reports(HOSTILE, SeriesFormat::Html, 80) {
        assert!(!page.contains("<script") && !page.contains('\u{1}'), "{page}");
        assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;|*_`"), "{page}");
        assert_eq!(page.matches("<style").count(), page.matches("</style>").count());
        assert!(page.starts_with("<!doctype html>\n") && page.ends_with("</html>\n"));
        let gap = page.find("\n\n").and_then(|at| page.get(at.saturating_sub(200)..at));
        assert_eq!(gap, None, "an empty line after");
    }
}

#[test]
fn hostile_text_stays_text_in_markdown() {
    for document in reports(HOSTILE, SeriesFormat::Markdown, 80) {
        assert!(document.contains("\\<script\\>") && document.contains("\\&amp;\\|\\*\\_\\`"), "{document}");
        let unescaped = document.replace("\\<", "").replace("\\_", "");
        assert!(!unescaped.contains("<script") && !unescaped.contains("_`"), "{document}");
    }
}

#[test]
fn chinese_headlines_fit_the_terminal() {
    let width = 60;
    let [report, _] = reports(HEADLINE, SeriesFormat::Text, width);
    let shortened: Vec<&str> =
        report.lines().filter(|line| line.contains("中美") && line.ends_with('…')).collect();
    assert!(shortened.len() >= 6, "{report}");
    let columns = |line: &str| textwrap::core::display_width(line);
    assert!(shortened.iter().all(|line| (width - 1..=width).contains(&columns(line))), "{shortened:?}");
}
