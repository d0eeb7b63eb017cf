//! A ledger as a page that stands by itself: no scripts, fonts or pictures from elsewhere.

use std::fmt::Write;

use detente::{ExplainedArticle, LedgerEntry, Score, ScoredArticle, ScoredStatement, Span};

use crate::article::text::is_telling;
use crate::explanation::phrases::{exact, fine, heading, speaker_and_date, verdict, without};
use crate::explanation::text::MOVERS;
use crate::phrases::{escaped, signed_if_any};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c1e21;--quiet:#595f69;--line:#d5d9df;--page:#fff;--up:26,95,208;--down:190,70,10}\
body{font:17px/1.6 Georgia,serif;max-width:64rem;margin:2rem auto;padding:0 1.2rem;color:var(--ink);background:var(--page)}\
h1{font-size:1.7rem;line-height:1.25;margin:0}h2{font:600 1.1rem system-ui,sans-serif;margin:2.2rem 0 .6rem}\
.verdict{font:600 1.15rem system-ui,sans-serif;margin:.6rem 0}.quiet,.margin,small{color:var(--quiet)}\
.scale{position:relative;height:1.1rem;margin:.9rem 0 1.6rem;border-radius:.3rem;border:1px solid var(--line);\
background:linear-gradient(90deg,rgba(var(--down),.45),transparent 50%,rgba(var(--up),.45))}\
.scale i{position:absolute;top:.25rem;bottom:.25rem;background:var(--ink);opacity:.35;border-radius:.2rem}\
.scale b{position:absolute;top:-.3rem;bottom:-.3rem;width:.25rem;margin-left:-.125rem;background:var(--ink)}\
ol{list-style:none;padding:0;margin:0}\
.row{display:grid;grid-template-columns:1fr 13rem;gap:1.2rem;padding:.25rem 0}\
.said{margin:0;padding:.15rem .5rem;border-left:.3rem solid transparent;border-radius:.2rem}\
.said:focus{outline:2px solid rgb(var(--up))}.none{color:var(--quiet)}\
.margin{font:.8rem/1.4 system-ui,sans-serif;padding-top:.3rem}\
u{text-decoration-thickness:2px;text-underline-offset:3px}\
table{border-collapse:collapse;font:.85rem/1.4 system-ui,sans-serif;font-variant-numeric:tabular-nums;width:100%}\
th,td{text-align:right;padding:.2rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}\
.text{text-align:left}summary{cursor:pointer;font:.9rem system-ui,sans-serif}\
@media (max-width:44rem){.row{grid-template-columns:1fr;gap:0}}\
@media screen and (prefers-color-scheme:dark){:root{--ink:#e3e6ea;--quiet:#a3abb6;--line:#363c44;--page:#14171b;--up:88,166,255;--down:251,146,60}}\
@media print{:root{color-scheme:light}body{margin:0;max-width:none;font-size:11pt}details>*{display:block}\
.row,tr{break-inside:avoid}.said,.scale,.scale i,.scale b{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// The page of `articles`, with at most `top` features a statement.
pub(crate) fn page(articles: &[ExplainedArticle], top: usize) -> String {
    let title = match articles {
        [one] => heading(&one.article),
        _ => "Outlooks explained".to_owned(),
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(&title)
    );
    for (number, explained) in articles.iter().enumerate() {
        article(&mut html, explained, (number, top));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn article(html: &mut String, explained: &ExplainedArticle, (number, top): (usize, usize)) {
    let article = &explained.article;
    let date = article.date.map(|date| format!("<p class=\"quiet\">{date}</p>\n")).unwrap_or_default();
    let _ = write!(
        html,
        "<article>\n<header>\n<h1>{}</h1>\n{date}<p class=\"verdict\">{}</p>\n",
        escaped(&heading(article)),
        escaped(&verdict(article))
    );
    scale(html, article);
    for warning in &article.warnings {
        let _ = writeln!(html, "<p role=\"note\">{}</p>", escaped(&warning.message));
    }
    html.push_str("</header>\n");
    sides(html, article);
    movers(html, explained);
    html.push_str("<h2>Statements</h2>\n<ol>\n");
    for (s, entry) in article.statements.iter().zip(&explained.ledger) {
        statement(html, s, entry, (number, top));
    }
    html.push_str("</ol>\n");
    ledger(html, explained, (number, top));
    let _ = writeln!(
        html,
        "<p class=\"quiet\">Scored by {}. +1 is an agreement done, 0 open, −1 collapsed.</p>\n</article>",
        escaped(&article.model)
    );
}

/// The outlook and its interval on the scale.
fn scale(html: &mut String, article: &ScoredArticle) {
    let Some(outlook) = &article.outlook else { return };
    let at = |score: Score| (score.get() + 1.0) * 50.0;
    let (low, high) = (at(outlook.low), at(outlook.high));
    let _ = writeln!(
        html,
        "<div class=\"scale\" role=\"img\" aria-label=\"{} from {} to {}\"><i style=\"left:{low:.1}%;width:{:.1}%\"></i>\
         <b style=\"left:{:.1}%\"></b></div>",
        fine(outlook.score.get()),
        fine(outlook.low.get()),
        fine(outlook.high.get()),
        high - low,
        at(outlook.score)
    );
}

fn sides(html: &mut String, article: &ScoredArticle) {
    if article.sides.is_empty() {
        return;
    }
    html.push_str(
        "<h2>Sides</h2>\n<table>\n<thead><tr><th scope=\"col\" class=\"text\">side</th><th scope=\"col\">score</th>\
         <th scope=\"col\">low</th><th scope=\"col\">high</th><th scope=\"col\">statements</th></tr></thead>\n<tbody>\n",
    );
    for side in &article.sides {
        let [score, low, high] = [side.score, side.low, side.high].map(|s| signed_if_any(s.map(Score::get)));
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"text\">{}</th><td>{score}</td><td>{low}</td><td>{high}</td><td>{}</td></tr>",
            escaped(&side.side),
            side.statements
        );
    }
    html.push_str("</tbody>\n</table>\n");
    if let Some(gap) = &article.gap {
        let _ = writeln!(
            html,
            "<p>{} stands {:.2} above {}.</p>",
            escaped(&gap.above),
            gap.difference,
            escaped(&gap.below)
        );
    }
}

fn movers(html: &mut String, explained: &ExplainedArticle) {
    let movers: Vec<_> = explained.without.iter().take(MOVERS).filter(|w| w.moved != 0.0).collect();
    if movers.is_empty() {
        return;
    }
    html.push_str("<h2>What would change it</h2>\n<ul>\n");
    for left_out in movers {
        let _ = writeln!(html, "<li>{}</li>", escaped(&without(left_out, &explained.article.statements)));
    }
    html.push_str("</ul>\n");
}

/// A statement with its cues underlined and its tint; speaker, date and sums in the margin.
fn statement(html: &mut String, s: &ScoredStatement, entry: &LedgerEntry, (number, top): (usize, usize)) {
    let features: Vec<String> = entry
        .contributions
        .iter()
        .take(top)
        .map(|part| format!("{} {}", exact(part.contribution.micro), part.contribution.feature))
        .collect();
    let tint = s.score.map_or_else(String::new, |score| {
        let hue = if score.get() < 0.0 { "down" } else { "up" };
        let depth = (0.06 + 0.34 * score.get().abs()).min(0.4);
        format!(" style=\"background:rgba(var(--{hue}),{depth:.2});border-color:rgb(var(--{hue}))\"")
    });
    let class = if s.score.is_some() { "said" } else { "said none" };
    let mut margin = vec![match s.score {
        Some(score) => format!("{} · adds {}", fine(score.get()), fine(s.contribution)),
        None => "no bearing".to_owned(),
    }];
    margin.extend(Some(speaker_and_date(s)).filter(|words| !words.is_empty()));
    let _ = writeln!(
        html,
        "<li class=\"row\" id=\"s{number}-{}\"><p class=\"{class}\" tabindex=\"0\"{tint} title=\"{}\">{}</p>\
         <div class=\"margin\">{}</div></li>",
        s.index,
        escaped(&features.join(" · ")),
        underlined(s),
        margin.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>")
    );
}

/// The statement's words, escaped, with the telling cues underlined.
fn underlined(s: &ScoredStatement) -> String {
    let piece = |from: u32, to: u32| {
        let offset = s.span.start;
        escaped(Span { start: from.saturating_sub(offset), end: to.saturating_sub(offset) }.slice(&s.text))
    };
    let mut html = String::new();
    let mut at = s.span.start;
    for cue in s.cues.iter().filter(|cue| is_telling(cue.kind)) {
        if cue.span.start < at {
            continue;
        }
        html.push_str(&piece(at, cue.span.start));
        let _ = write!(
            html,
            "<u title=\"{}\">{}</u>",
            escaped(cue.kind.as_str()),
            piece(cue.span.start, cue.span.end)
        );
        at = cue.span.end;
    }
    html.push_str(&piece(at, s.span.end));
    html
}

/// The whole ledger as a table.
fn ledger(html: &mut String, explained: &ExplainedArticle, (number, top): (usize, usize)) {
    html.push_str(
        "<h2>Ledger</h2>\n<details open><summary>What each feature adds to its statement, and to the outlook</summary>\n<table>\n\
         <thead><tr><th scope=\"col\">statement</th><th scope=\"col\">adds to it</th><th scope=\"col\">adds to the outlook</th>\
         <th scope=\"col\" class=\"text\">feature</th><th scope=\"col\" class=\"text\">family</th></tr></thead>\n",
    );
    let cells = |html: &mut String, first: &str, micro: i64, article: i64, words: (&str, &str)| {
        let _ = writeln!(
            html,
            "<tr>{first}<td>{}</td><td>{}</td><td class=\"text\">{}</td><td class=\"text\">{}</td></tr>",
            exact(micro),
            exact(article),
            escaped(words.0),
            escaped(words.1)
        );
    };
    for entry in explained.ledger.iter().filter(|entry| entry.article != 0) {
        html.push_str("<tbody>\n");
        let link = format!("<th scope=\"row\"><a href=\"#s{number}-{0}\">{0}</a></th>", entry.index);
        cells(html, &link, entry.micro, entry.article, ("the whole statement", ""));
        for part in entry.contributions.iter().take(top) {
            let found = &part.contribution;
            cells(html, "<td></td>", found.micro, part.article, (&found.feature, &found.family));
        }
        let rest = entry.contributions.get(top..).unwrap_or_default();
        if !rest.is_empty() {
            let micro = rest.iter().map(|part| part.contribution.micro).sum();
            let article = rest.iter().map(|part| part.article).sum();
            cells(html, "<td></td>", micro, article, (&format!("{} smaller ones", rest.len()), ""));
        }
        html.push_str("</tbody>\n");
    }
    html.push_str("</table>\n</details>\n");
}
