//! [`block_texts`]: the text of HTML that is a part of a page, as in fields of records and in mails.

use crate::html::attribute_limit::limit_attributes;
use crate::html::elements::{is_block, is_inline, is_void};
use crate::html::parser::parse_page;

/// Longer names are no entity.
const MAX_ENTITY: usize = 32;

/// The blocks of text in `html`: all but those in elements that never hold text, as buttons and captions.
pub(crate) fn block_texts(html: &str) -> Vec<String> {
    let page = parse_page(&limit_attributes(html));
    let all = || page.blocks.iter().map(|block| block.text.clone());
    let kept: Vec<String> =
        page.blocks.iter().filter(|block| !block.is_boilerplate).map(|block| block.text.clone()).collect();
    if kept.is_empty() { all().collect() } else { kept }
}

/// Whether `text` has HTML tags, comments or entities.
pub(crate) fn has_markup(text: &str) -> bool {
    memchr::memchr2_iter(b'<', b'&', text.as_bytes()).any(|at| {
        let rest = text.get(at + 1..).unwrap_or("");
        if text.as_bytes().get(at) == Some(&b'&') {
            return is_entity(rest);
        }
        rest.starts_with("!--")
            || tag_name(rest).is_some_and(|name| is_block(&name) || is_inline(&name) || is_void(&name))
    })
}

/// Whether `text` has a tag that separates blocks.
pub(crate) fn has_block_tag(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        tag_name(text.get(at + 1..).unwrap_or("")).is_some_and(|name| is_block(&name) || name == "br")
    })
}

/// The name of the tag that starts before `rest`, in lower case.
fn tag_name(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = rest.split_at_checked(length)?;
    let is_tag = after.starts_with(['>', '/', ' ', '\n', '\t', '\r']) && after.contains('>');
    (is_tag && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| name.to_ascii_lowercase())
}

/// Whether an entity follows an `&`: a number, or a name that HTML knows.
fn is_entity(rest: &str) -> bool {
    let end = rest.bytes().take(MAX_ENTITY).position(|b| b == b';').unwrap_or(0);
    let name = rest.get(..end).unwrap_or("");
    let is_numeric = name.strip_prefix('#').is_some_and(|number| {
        let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit())
    });
    if is_numeric {
        return true;
    }
    if name.len() < 2 || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let whole = format!("&{name};");
    parse_page(&whole).blocks.first().is_none_or(|block| block.text != whole)
}
