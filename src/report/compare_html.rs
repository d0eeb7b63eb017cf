//! A comparison as a page.

use std::fmt::Write;

use super::compare_text::{figures, fine, origin, parted, verdict};
use super::timeline_html::head;
use super::words::{escaped, finding, signed, signed_if_any};
use crate::timeline::Comparison;

/// The page.
pub(super) fn page(found: &Comparison) -> String {
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
    for note in &found.notes {
        let _ = writeln!(html, "<p class=\"quiet\">{}</p>", escaped(&finding(note)));
    }
    for split in &found.splits {
        let _ = write!(
            html,
            "<h2>By {}: {}</h2>\n<table>\n<thead><tr><th>{}</th><th>share, first</th><th>share, second</th>\
             <th>mean, first</th><th>mean, second</th><th>who spoke</th><th>what they said</th></tr></thead>\n<tbody>\n",
            split.by,
            parted(split),
            split.by
        );
        for voice in &split.voices {
            let _ = writeln!(
                html,
                "<tr><td>{}</td><td>{:.0}%</td><td>{:.0}%</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escaped(&voice.voice),
                voice.share_a * 100.0,
                voice.share_b * 100.0,
                signed_if_any(voice.mean_a),
                signed_if_any(voice.mean_b),
                fine(voice.mix),
                fine(voice.within)
            );
        }
        html.push_str("</tbody>\n</table>\n");
    }
    html.push_str("<h2>Statements that moved it most</h2>\n<ul>\n");
    for s in &found.statements {
        let _ = writeln!(
            html,
            "<li><strong>{}</strong> {} <span class=\"quiet\">— {}</span></li>",
            fine(s.moved),
            escaped(&s.text),
            escaped(&origin(found, s))
        );
    }
    html.push_str("</ul>\n<h2>Phrases that moved it most</h2>\n<ul>\n");
    for p in &found.phrases {
        let _ = writeln!(
            html,
            "<li><strong>{}</strong> {} <span class=\"quiet\">{} → {} times</span></li>",
            fine(p.moved),
            escaped(&p.phrase),
            p.first,
            p.second
        );
    }
    html.push_str("</ul>\n</body>\n</html>\n");
    html
}
