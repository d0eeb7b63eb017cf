//! Interviews in turns: paragraphs that start with "Q:" and "A:".

use std::ops::Range;

use crate::word::token::Token;

/// A turn of an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Question,
    Answer,
}

/// The turn that each sentence belongs to; a turn lasts until the end of its paragraph. Without both a question and an
/// answer the text is not an interview, and no sentence has a turn.
pub(crate) fn interview_turns(tokens: &[Token<'_>], sentences: &[Range<usize>]) -> Vec<Option<Turn>> {
    let mut current: Option<(Turn, u32)> = None;
    let turns: Vec<Option<Turn>> = sentences
        .iter()
        .map(|sentence| {
            let paragraph = tokens.get(sentence.start).map_or(0, |token| token.paragraph);
            current = turn_label(tokens, sentence)
                .map(|turn| (turn, paragraph))
                .or(current.filter(|(_, last)| *last == paragraph));
            current.map(|(turn, _)| turn)
        })
        .collect();
    let is_interview = [Turn::Question, Turn::Answer].iter().all(|turn| turns.contains(&Some(*turn)));
    if is_interview { turns } else { vec![None; sentences.len()] }
}

/// The turn that the label of a sentence starts: "Q: …", "A: …".
fn turn_label(tokens: &[Token<'_>], sentence: &Range<usize>) -> Option<Turn> {
    let letter = tokens.get(sentence.start).filter(|token| token.is_capitalised)?;
    let is_label = sentence.len() > 2 && tokens.get(sentence.start + 1).is_some_and(|token| token.is(':'));
    match &*letter.lower {
        "q" if is_label => Some(Turn::Question),
        "a" if is_label => Some(Turn::Answer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::with_tokens;

    /// The turn of each paragraph of `text`, a letter each; "-" for none.
    fn turns(text: &str) -> String {
        with_tokens(text, |tokens| {
            let starts =
                (0..tokens.len()).filter(|&i| i == 0 || tokens[i].paragraph != tokens[i - 1].paragraph);
            let starts: Vec<usize> = starts.chain([tokens.len()]).collect();
            let sentences: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let letter = |turn: Option<Turn>| match turn {
                Some(Turn::Question) => 'q',
                Some(Turn::Answer) => 'a',
                None => '-',
            };
            interview_turns(tokens, &sentences).into_iter().map(letter).collect()
        })
    }

    #[test]
    fn questions_and_answers_are_turns() {
        assert_eq!(
            turns("Brenn leads the guild.\n\nQ: Is there a deal?\n\nA: Not yet.\n\nThe strike goes on."),
            "-qa-"
        );
        assert_eq!(turns("Q: Why?\n\nA: Why not.\n\nQ: When?\n\nA: Soon."), "qaqa");
    }

    #[test]
    fn other_labels_are_not() {
        for text in [
            "Brenn left.\n\nA: the first plan.\n\nB: the second plan.",
            "Q: Is there a deal?\n\nQ: Is there none?",
            "q: one\n\na: two",
            "Q is a letter.\n\nA is another.",
        ] {
            assert!(turns(text).chars().all(|turn| turn == '-'), "{text}");
        }
    }
}
