//! A timeline as a page: the plot, turning points, peaks and all values in a table.

use std::fmt::Write;

use detente_timeline::{Series, StoryMention, Timeline};

use crate::phrases::{TURNS, counted, escaped, finding, mention, signed, signed_if_any, turn};
use crate::timeline::svg;

/// Style of pages on series: light and dark, and light on paper.
pub(crate) const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}\
.quiet{color:#555}.detente{width:100%;height:auto}\
table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}\
th,td{text-align:right;padding:.15rem .6rem;border-bottom:1px solid #ddd}\
th:first-child,td:first-child,.text{text-align:left}\
ul{padding-left:1.2rem}.up{color:#1a5fd0}.down{color:#b03a0a}\
@media screen and (prefers-color-scheme:dark){body{color:#ddd;background:#15181c}.quiet{color:#aaa}\
th,td{border-color:#33383f}.up{color:#58a6ff}.down{color:#fb923c}}\
@media print{body{margin:0;max-width:none}details>*{display:block}h2,figure,li{break-inside:avoid}}";

/// The page.
pub(crate) fn page(line: &Timeline) -> String {
    let title = format!("Outlook by {}", line.period);
    let mut html = head(&title);
    let _ = write!(
        html,
        "<h1>{}</h1>\n<p class=\"quiet\">{}, scored by {}; bands hold {:.0}% of repetitions. \
         +1 is an agreement done, 0 open, −1 collapsed.</p>\n",
        escaped(&title),
        counted(line.articles, line.stories),
        escaped(&line.models.join(", ")),
        line.coverage * 100.0
    );
    if !line.issues.is_empty() {
        html.push_str("<ul class=\"quiet\">\n");
        for note in &line.issues {
            let _ = writeln!(html, "<li>{}</li>", escaped(&finding(note)));
        }
        html.push_str("</ul>\n");
    }
    let _ = write!(html, "<figure style=\"margin:1rem 0\">\n{}</figure>\n", svg::svg(line));
    for series in &line.series {
        section(&mut html, series, line.series.len() == 1);
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// The start of a page, up to its body.
pub(crate) fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(title)
    )
}

fn section(html: &mut String, series: &Series, is_only: bool) {
    if !is_only {
        let told = counted(series.articles, series.stories);
        let _ = writeln!(html, "<h2>{} <small class=\"quiet\">{told}</small></h2>", escaped(&series.key));
    }
    html.push_str(if is_only { "<h2>Turning points</h2>\n" } else { "" });
    if series.turning_points.is_empty() {
        html.push_str("<p>None: the order of the stories shows no change of level.</p>\n");
    } else {
        html.push_str("<ul>\n");
        for found in &series.turning_points {
            let class = if found.shift > 0.0 { "up" } else { "down" };
            let _ = write!(html, "<li><strong class=\"{class}\">{}</strong>", escaped(&turn(found)));
            stories(html, &found.stories);
            if !found.phrases.is_empty() {
                let phrases: Vec<String> =
                    found.phrases.iter().map(|p| format!("{} {}", p.phrase, signed(p.change))).collect();
                let _ = write!(html, "<p class=\"quiet\">{}</p>", escaped(&phrases.join(", ")));
            }
            html.push_str("</li>\n");
        }
        let _ = writeln!(html, "</ul>\n<p class=\"quiet\">{}</p>", escaped(TURNS));
    }
    for (name, peaks) in [("Highest", &series.highest), ("Lowest", &series.lowest)] {
        let _ = writeln!(html, "<h2>{name}</h2>");
        stories(html, peaks);
    }
    html.push_str(
        "<details><summary>All values</summary>\n<table>\n<thead><tr><th>from</th><th class=\"text\">to</th>\
         <th>stories</th><th>score</th><th>low</th><th>high</th><th>level</th><th>low</th><th>high</th></tr></thead>\n<tbody>\n",
    );
    for p in &series.points {
        let _ =
            write!(html, "<tr><td>{}</td><td class=\"text\">{}</td><td>{}</td>", p.start, p.end, p.stories);
        for value in [p.score, p.low, p.high, p.level, p.level_low, p.level_high] {
            let _ = write!(html, "<td>{}</td>", signed_if_any(value));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></details>\n");
}

fn stories(html: &mut String, stories: &[StoryMention]) {
    html.push_str("<ul>\n");
    for story in stories {
        let _ = writeln!(html, "<li>{}</li>", escaped(&mention(story)));
    }
    html.push_str("</ul>\n");
}
