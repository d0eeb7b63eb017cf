//! Interviews in turns: paragraphs that begin with "Q:" and "A:".

use std::ops::Range;

use crate::word::token::Word;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Who asks.
    Question,
    /// Who is asked.
    Answer,
}

/// The turn that each sentence belongs to, through the end of its paragraph; none unless the text
/// both asks and answers.
pub(crate) fn turns(words: &[Word<'_>], sentences: &[Range<usize>]) -> Vec<Option<Turn>> {
    let mut open: Option<(Turn, u32)> = None;
    let turns: Vec<Option<Turn>> = sentences
        .iter()
        .map(|of| {
            let para = words.get(of.start).map_or(0, |w| w.para);
            open = label(words, of).map(|turn| (turn, para)).or(open.filter(|(_, last)| *last == para));
            open.map(|(turn, _)| turn)
        })
        .collect();
    let is_interview = [Turn::Question, Turn::Answer].iter().all(|turn| turns.contains(&Some(*turn)));
    if is_interview { turns } else { vec![None; sentences.len()] }
}

/// The turn that the sentence `of` opens: "Q: …", "A: …".
fn label(words: &[Word<'_>], of: &Range<usize>) -> Option<Turn> {
    let letter = words.get(of.start).filter(|w| w.cap)?;
    let is_label = of.len() > 2 && words.get(of.start + 1).is_some_and(|w| w.is(':'));
    match &*letter.low {
        "q" if is_label => Some(Turn::Question),
        "a" if is_label => Some(Turn::Answer),
        _ => None,
    }
}
