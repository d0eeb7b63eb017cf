//! [`page_metadata`]: the title, date and text that a page declares for its article.

use std::sync::LazyLock;

use detente::Day;

use crate::date::parse_date;
use crate::html::content::first_paragraph;
use crate::html::fragment::{block_texts, has_markup};
use crate::html::json_ld::{LdArticle, LdDates, read_scripts};
use crate::html::page::{BlockKind, Page, collapse_spaces};

/// Metadata of the article on a page.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) day: Option<Day>,
    /// The text in the JSON-LD, for pages that show none.
    pub(crate) body: Option<String>,
    /// The value of a date outside the article, if the page gives no other.
    pub(crate) unused_date: Option<String>,
}

/// `meta` names of the headline, in order of preference.
const TITLE_NAMES: [&str; 5] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline"];
/// A date is looked for in so many blocks before and after the start of the text.
const NEAR_BLOCKS: usize = 8;
/// A longer block is text, not a dateline.
const MAX_DATELINE: usize = 120;

/// `meta` names of the publication date, in order of preference; those of the last change stand last.
static DATE_NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/page_dates.tsv").lines().skip(1);
    let mut names: Vec<(usize, &str)> = rows
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let name = cells.next()?;
            Some((cells.next()?.parse().ok()?, name))
        })
        .collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
});

/// Returns the metadata of `page`, from its JSON-LD first, then its `meta`, `h1`, `title` and `time` elements.
pub(crate) fn page_metadata(page: &Page) -> Metadata {
    let meta = |wanted: &'static str| {
        page.metas.iter().filter(move |(name, content)| name == wanted && !content.is_empty()).map(|(_, c)| c)
    };
    let page_title = plain_text(&page.title);
    let headings: Vec<&str> = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Title && !block.is_boilerplate)
        .map(|block| block.text.as_str())
        // the name of the site
        .filter(|heading| !ends_with_name(&page_title, heading))
        .collect();
    let declared = TITLE_NAMES.iter().find_map(|name| meta(name).next()).map(|title| plain_text(title));
    let shown = declared.as_deref().or(headings.first().copied()).unwrap_or(&page_title);
    let (articles, dates) = read_scripts(&page.json);
    let article = LdArticle::choose(articles, &[shown, headings.first().copied().unwrap_or(""), &page_title]);
    let day = article
        .day
        .or_else(|| DATE_NAMES.iter().find_map(|name| meta(name).find_map(|content| parse_date(content))))
        .or_else(|| time_of_article(page))
        .or_else(|| shown_date(page))
        .or_else(|| page.address.as_deref().and_then(date_in_address))
        .or_else(|| LdDates::first(&dates).or(article.modified));
    let unused_date =
        page.times.iter().map(|time| time.value.clone()).find(|time| parse_date(time).is_some());
    Metadata {
        title: article
            .title
            .map(|title| plain_text(&title))
            .or(declared)
            .or_else(|| headings.first().map(|title| (*title).to_owned()))
            .or_else(|| Some(without_site_name(&page_title)).filter(|title| !title.is_empty())),
        unused_date: unused_date.filter(|_| day.is_none()),
        day,
        body: article.body,
    }
}

/// `text` without entities that were escaped twice, and with spaces collapsed.
fn plain_text(text: &str) -> String {
    if has_markup(text) { block_texts(text).join(" ") } else { collapse_spaces(text) }
}

/// Whether `title` ends with the shorter `name` after a separator: `Talks resume | The Lantern`.
fn ends_with_name(title: &str, name: &str) -> bool {
    let head = title.strip_suffix(name).map(str::trim_end);
    let is_longer = |head: &str| head.chars().count() > name.chars().count();
    head.is_some_and(|head| head.ends_with(['|', '-', '–', '—', '»', ':', '·']) && is_longer(head))
}

/// The date of the first `time` element in an `article`, or before the text where there is none. Those of comments
/// and related articles do not count.
fn time_of_article(page: &Page) -> Option<Day> {
    let article = page.containers.iter().enumerate().find(|(_, container)| container.is_article);
    let own = page.times.iter().filter(|time| !time.is_boilerplate);
    if let Some((start, article)) = article {
        let range = start..article.end;
        return own.filter(|time| range.contains(&time.container)).find_map(|time| parse_date(&time.value));
    }
    let first = first_paragraph(page).unwrap_or(page.blocks.len());
    let near = first.saturating_sub(NEAR_BLOCKS)..=first + NEAR_BLOCKS;
    own.filter(|time| near.contains(&time.block)).find_map(|time| parse_date(&time.value))
}

/// The date that a short block near the start of the text shows: one labelled as a date, or one before the text.
fn shown_date(page: &Page) -> Option<Day> {
    let first = first_paragraph(page)?;
    let near = page.blocks.iter().enumerate().skip(first.saturating_sub(NEAR_BLOCKS)).take(2 * NEAR_BLOCKS);
    let short = || {
        near.clone().filter(|(_, block)| {
            block.text.len() <= MAX_DATELINE && !matches!(block.kind, BlockKind::Title | BlockKind::Heading)
        })
    };
    short().filter(|(_, block)| block.is_date).find_map(|(_, block)| parse_date(&block.text)).or_else(|| {
        let before = short().filter(|(at, block)| *at < first && !block.is_boilerplate);
        before
            .filter(|(_, block)| !detente_lang::ends_sentence(&block.text))
            .find_map(|(_, b)| parse_date(&b.text))
    })
}

/// The date in the path of an address: `/2020/01/15/`, `/2020-01-15-talks`.
fn date_in_address(address: &str) -> Option<Day> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let is_date = year.len() == 4 && matches!(month.len(), 1 | 2) && matches!(day.len(), 1 | 2);
        let year: i16 = year.parse().ok().filter(|year| is_date && (1990..2100).contains(year))?;
        Day::new(year, month.parse().ok()?, day.parse().ok()?)
    })
}

/// The title without the name of the site, which follows the last ` | `, ` - ` or ` – `.
fn without_site_name(title: &str) -> String {
    let separator = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    // what follows is a name only if it is shorter than what comes before
    let head = separator.and_then(|at| title.get(..at)).filter(|head| 2 * head.len() > title.len());
    head.unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_name_is_removed_from_the_title() {
        assert_eq!(without_site_name("Talks resume in Port Velm | The Lantern"), "Talks resume in Port Velm");
        assert_eq!(
            without_site_name("News - A long headline that stands last"),
            "News - A long headline that stands last"
        );
        assert_eq!(
            without_site_name("Talks - and more talks - resume - Lantern"),
            "Talks - and more talks - resume"
        );
    }

    #[test]
    fn addresses_may_hold_a_date() {
        for address in ["https://a.example/2020/01/15/talks", "/2020-01-15-talks.html", "/news/2020/1/15"] {
            assert_eq!(date_in_address(address), Day::new(2020, 1, 15), "{address}");
        }
        for address in ["https://a.example/2020/talks", "/12/2020/01", "/2020/13/01", "/3020/01/15"] {
            assert_eq!(date_in_address(address), None, "{address}");
        }
    }

    #[test]
    fn the_name_of_the_site_is_no_title() {
        assert!(ends_with_name("Talks resume | The Lantern", "The Lantern"));
        assert!(!ends_with_name("Talks resume", "Talks resume"));
        assert!(!ends_with_name("The Courier - Steel duties: no end", "Steel duties: no end"));
        assert!(!ends_with_name("Port talks resume", "talks resume"));
    }
}
