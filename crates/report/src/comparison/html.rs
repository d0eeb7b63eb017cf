//! A comparison as a page.

use std::fmt::Write;

use detente_timeline::Comparison;

use crate::comparison::text::{COLUMNS, columns, figures, fine, origin, parted, verdict};
use crate::phrases::{escaped, finding, signed};
use crate::timeline::html::head;

/// The page.
pub(crate) fn page(found: &Comparison) -> String {
    let mut html = head(&verdict(found));
    let class = if found.difference.difference < 0.0 { "down" } else { "up" };
    let _ = write!(
        html,
        "<h1>{}</h1>\n<p class=\"{class}\"><strong>{}</strong></p>\n<table>\n\
         <thead><tr><th>set</th><th>score</th><th>articles</th><th>stories</th></tr></thead>\n<tbody>\n",
        escaped(&verdict(found)),
        escaped(&figures(found))
    );
    for set in &found.sets {
        let _ = writeln!(
            html,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(&set.name),
            signed(set.score),
            set.articles,
            set.stories
        );
    }
    html.push_str("</tbody>\n</table>\n");
    if let Some(power) = &found.power {
        let _ = writeln!(html, "<p>{}</p>", escaped(power));
    }
    for note in &found.issues {
        let _ = writeln!(html, "<p class=\"quiet\">{}</p>", escaped(&finding(note)));
    }
    for split in &found.decompositions {
        let _ = write!(
            html,
            "<h2>By {}: {}</h2>\n<table>\n<thead><tr><th>{}</th><th>{}</th></tr></thead>\n<tbody>\n",
            split.group_by,
            parted(split),
            split.group_by,
            COLUMNS.join("</th><th>")
        );
        for voice in &split.groups {
            let cells = columns(voice).join("</td><td>");
            let _ = writeln!(html, "<tr><td>{}</td><td>{cells}</td></tr>", escaped(&voice.name));
        }
        html.push_str("</tbody>\n</table>\n");
    }
    html.push_str("<h2>Statements that moved it most</h2>\n<ul>\n");
    for s in &found.statements {
        let _ = writeln!(
            html,
            "<li><strong>{}</strong> {} <span class=\"quiet\">— {}</span></li>",
            fine(s.contribution),
            escaped(&s.text),
            escaped(&origin(found, s))
        );
    }
    html.push_str("</ul>\n<h2>Phrases that moved it most</h2>\n<ul>\n");
    for p in &found.phrases {
        let _ = writeln!(
            html,
            "<li><strong>{}</strong> {} <span class=\"quiet\">{} → {} times</span></li>",
            fine(p.contribution),
            escaped(&p.phrase),
            p.first_count,
            p.second_count
        );
    }
    html.push_str("</ul>\n</body>\n</html>\n");
    html
}
