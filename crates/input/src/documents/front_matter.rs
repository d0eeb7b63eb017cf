//! [`read_front_matter`]: the metadata before a Markdown text, in YAML, TOML or JSON.

use detente::Day;
use serde_json::{Deserializer, Value};

use crate::date::parse_date;
use crate::record::{Role, role_of};

/// The metadata of a text, and where the text starts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Day>,
    pub(crate) source: Option<String>,
    pub(crate) text_start: usize,
}

/// Reads the metadata at the start of `text`: between `---` or `+++` lines, or a JSON object.
pub(crate) fn read_front_matter(text: &str) -> Option<FrontMatter> {
    let content = text.trim_start_matches('\u{feff}');
    let offset = text.len() - content.len();
    let mut found = if content.starts_with('{') { json(content)? } else { fenced(content)? };
    found.text_start += offset;
    Some(found)
}

fn fenced(text: &str) -> Option<FrontMatter> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let mut found = FrontMatter { text_start: first.len(), ..FrontMatter::default() };
    let mut has_field = false;
    for line in lines {
        found.text_start += line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return has_field.then_some(found);
        }
        if let Some((name, value)) = line.split_once(if fence == "---" { ':' } else { '=' }) {
            has_field = true;
            found.set(name.trim(), value.trim().trim_matches(['"', '\'']));
        }
    }
    None
}

fn json(text: &str) -> Option<FrontMatter> {
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    let Some(Ok(Value::Object(fields))) = values.next() else { return None };
    let text_start = values.byte_offset();
    // a record has its text inside
    let rest = text.get(text_start..)?;
    if !rest.starts_with(['\n', '\r'])
        || rest.trim_start().is_empty()
        || rest.trim_start().starts_with(['{', '['])
    {
        return None;
    }
    let mut found = FrontMatter { text_start, ..FrontMatter::default() };
    for (name, value) in &fields {
        found.set(name, value.as_str().unwrap_or(""));
    }
    Some(found)
}

impl FrontMatter {
    fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        match role_of(name) {
            Some((Role::Title, _)) => _ = self.title.get_or_insert_with(|| value.to_owned()),
            Some((Role::Date, _)) => self.date = self.date.or_else(|| parse_date(value)),
            Some((Role::Source, _)) => _ = self.source.get_or_insert_with(|| value.to_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_toml_and_json_are_read() {
        for text in [
            "---\ntitle: \"Port talks\"\ndate: 2020-01-15\nlayout: post\n---\nTalks went on.",
            "---\r\ntitle: Port talks\r\npublished: 15 Jan 2020\r\ntags:\r\n  - ports\r\n---\r\nTalks went on.",
            "+++\ntitle = \"Port talks\"\ndate = 2020-01-15T10:00:00Z\n+++\nTalks went on.",
            "\u{feff}---\ntitle: 'Port talks'\ndate: 2020-01-15\n...\nTalks went on.",
            "{\"title\":\"Port talks\",\"date\":\"2020-01-15\"}\n\nTalks went on.",
        ] {
            let found = read_front_matter(text).expect(text);
            assert_eq!(
                (found.title.as_deref(), found.date),
                (Some("Port talks"), Day::new(2020, 1, 15)),
                "{text}"
            );
            assert_eq!(text.get(found.text_start..).map(str::trim), Some("Talks went on."));
        }
    }

    #[test]
    fn a_rule_or_a_record_is_no_metadata() {
        for text in [
            "",
            "---\nTalks went on.\n---\nMore.",
            "---\ntitle: x\n",
            "Talks\n---\na: b\n---\n",
            "{\"text\":\"x\"}",
            "{\"text\":\"x\"}\n{\"text\":\"y\"}",
            "{He said}\n\nx",
            "+++",
        ] {
            assert_eq!(read_front_matter(text), None, "{text}");
        }
    }
}
