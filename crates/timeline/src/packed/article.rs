//! [`SeriesArticle::to_bytes`] and [`SeriesArticle::from_bytes`].
//!
//! | part | form |
//! |---|---|
//! | version | a byte, 1 |
//! | kept parts | flags: statements, texts, details, repeated id |
//! | model | text: its id; optional: eight bytes of its checksum |
//! | id, title, lead | text; optional texts |
//! | date | 0: none; 1: a day; 2: the text in place of a date |
//! | source, negotiation, domain | optional texts |
//! | outlook | optional: numbers score, low, high |
//! | phrases | list: text, four bytes of its contribution |
//! | statements | list: texts side and speaker; optional day; flag background; numbers weight and contribution; optional text; list of phrases |
//! | signature | optional: 128 × 2 bytes, 32 bytes |
//! | details | optional: optional text reading; list of parties; list of sentences (text; optional speaker; side; optional days from and to; optional score; number bearing; flags background, asserted, conditional) |
//! | check | four bytes of the hash of all bytes before |
//!
//! Integers are little-endian; [`ByteWriter`] describes counts, texts, numbers, days, options, lists and flags. A new
//! version changes the first byte; [`SeriesArticle::from_bytes`] goes on reading every older one.

use detente::internals::hash_bytes;
use detente::{Error, ErrorKind, Result, Verdict};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NameError;

use crate::brief::detail::{ArticleDetail, Sentence};
use crate::near_duplicate::TextSignature;
use crate::packed::reader::{ByteReader, damaged};
use crate::packed::writer::ByteWriter;
use crate::scored_row::{RowWhen, ScoreBand};
use crate::series_article::{ArticleDate, Phrase, Retain, SeriesArticle, SeriesStatement};

/// Version of the byte form.
const VERSION: u8 = 1;
const CHECK_BYTES: usize = 4;

impl SeriesArticle {
    /// Returns the byte form of the article, about 900 bytes with statements.
    ///
    /// The set of a comparison ([`in_set`](Self::in_set)) is not part of it.
    ///
    /// ```
    /// use detente::{Article, Engine};
    /// use detente_timeline::{Retain, SeriesArticle};
    /// let scored = Engine::builtin()?.score(&Article::new("note", "Talks collapsed on Sunday."));
    /// let kept = Retain { statements: true, ..Retain::default() };
    /// let article = SeriesArticle::of_scored(&scored, kept);
    /// assert_eq!(SeriesArticle::from_bytes(&article.to_bytes())?, article);
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = ByteWriter::default();
        out.bytes.push(VERSION);
        let Retain { statements, texts, details } = self.retained;
        out.flags(&[statements, texts, details, self.has_repeated_id]);
        out.text(&self.model);
        out.optional(self.model_checksum, |out, checksum| out.bytes.extend_from_slice(&checksum));
        out.text(&self.id);
        out.optional(self.title.as_deref(), ByteWriter::text);
        out.optional(self.lead.as_deref(), ByteWriter::text);
        match &self.date {
            ArticleDate::Missing => out.count(0),
            ArticleDate::Known(day) => {
                out.count(1);
                out.day(*day);
            }
            ArticleDate::Invalid(text) => {
                out.count(2);
                out.text(text);
            }
        }
        for name in [&self.source, &self.negotiation, &self.domain] {
            out.optional(name.as_deref(), ByteWriter::text);
        }
        out.optional(self.outlook, |out, ScoreBand { score, low, high }| {
            for number in [score, low, high] {
                out.number(number);
            }
        });
        out.list(&self.phrases, |out, phrase| {
            out.text(&phrase.text);
            out.bytes.extend_from_slice(&phrase.contribution.to_le_bytes());
        });
        out.list(&self.statements, write_statement);
        out.optional(self.signature.as_ref(), |out, signature| out.bytes.extend(signature.to_bytes()));
        out.optional(self.detail.as_deref(), write_detail);
        let check = hash_bytes(&out.bytes).to_le_bytes();
        out.bytes.extend(check.iter().take(CHECK_BYTES));
        out.bytes
    }

    /// Reads the byte form of an article.
    ///
    /// # Errors
    /// An [`ErrorKind::Unsupported`] error if another version wrote it, and a data error if it is damaged or
    /// truncated.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let version = *bytes.first().ok_or_else(|| damaged("no bytes"))?;
        if version != VERSION {
            let message = format!(
                "packed article of version {version}; this version of detente reads version {VERSION}"
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let (content, check) =
            bytes.split_last_chunk::<CHECK_BYTES>().ok_or_else(|| damaged("it ends too early"))?;
        if !hash_bytes(content).to_le_bytes().starts_with(check) {
            return Err(damaged("its check sum is wrong"));
        }
        let mut from = ByteReader(content.get(1..).unwrap_or_default());
        let [statements, texts, details, has_repeated_id] = from.flags()?;
        let article = Self {
            retained: Retain { statements, texts, details },
            has_repeated_id,
            model: from.shared()?,
            model_checksum: from.optional(ByteReader::array)?,
            id: from.owned()?,
            title: from.optional(ByteReader::owned)?,
            lead: from.optional(ByteReader::owned)?,
            date: match from.count()? {
                0 => ArticleDate::Missing,
                1 => ArticleDate::Known(from.day()?),
                2 => ArticleDate::Invalid(from.owned()?),
                _ => return Err(damaged("a date has an unknown form")),
            },
            source: from.optional(ByteReader::shared)?,
            negotiation: from.optional(ByteReader::shared)?,
            domain: from.optional(ByteReader::shared)?,
            outlook: from.optional(|from| {
                Ok(ScoreBand { score: from.number()?, low: from.number()?, high: from.number()? })
            })?,
            phrases: from.list(|from| {
                Ok(Phrase { text: from.shared()?, contribution: f32::from_le_bytes(from.array()?) })
            })?,
            statements: from.list(read_statement)?,
            signature: from.optional(|from| Ok(TextSignature::from_bytes(&from.array()?)))?,
            detail: from.optional(read_detail)?.map(Box::new),
            set: 0,
        };
        if from.0.is_empty() { Ok(article) } else { Err(damaged("it goes on after its end")) }
    }
}

fn write_statement(out: &mut ByteWriter, statement: &SeriesStatement) {
    out.text(&statement.side);
    out.text(&statement.speaker);
    out.optional(statement.day, ByteWriter::day);
    out.flags(&[statement.background]);
    out.number(statement.weight);
    out.number(statement.contribution);
    out.optional(statement.text.as_deref(), ByteWriter::text);
    out.list(&statement.phrases, |out, phrase| out.text(phrase));
}

fn read_statement(from: &mut ByteReader<'_>) -> Result<SeriesStatement> {
    Ok(SeriesStatement {
        side: from.shared()?,
        speaker: from.shared()?,
        day: from.optional(ByteReader::day)?,
        background: from.flags::<1>()? == [true],
        weight: from.number()?,
        contribution: from.number()?,
        text: from.optional(ByteReader::owned)?,
        phrases: from.list(ByteReader::shared)?,
    })
}

fn write_detail(out: &mut ByteWriter, detail: &ArticleDetail) {
    out.optional(detail.reading.map(Verdict::as_str), ByteWriter::text);
    out.list(&detail.parties, |out, party| out.text(party));
    out.list(&detail.sentences, |out, sentence| {
        out.text(&sentence.text);
        out.optional(sentence.speaker.as_deref(), ByteWriter::text);
        out.text(&sentence.side);
        out.optional(sentence.when, |out, RowWhen { from, to }| {
            out.day(from);
            out.day(to);
        });
        out.optional(sentence.score, ByteWriter::number);
        out.number(sentence.bearing);
        out.flags(&[sentence.background, sentence.is_asserted, sentence.is_conditional]);
    });
}

fn read_detail(from: &mut ByteReader<'_>) -> Result<ArticleDetail> {
    Ok(ArticleDetail {
        reading: from.optional(|from| {
            let name = from.text()?;
            Verdict::deserialize(name.into_deserializer())
                .map_err(|error: NameError| damaged(&error.to_string()))
        })?,
        parties: from.list(ByteReader::owned)?,
        sentences: from.list(|from| {
            let text = from.owned()?;
            let speaker = from.optional(ByteReader::owned)?;
            let side = from.owned()?;
            let when = from.optional(|from| Ok(RowWhen { from: from.day()?, to: from.day()? }))?;
            let score = from.optional(ByteReader::number)?;
            let bearing = from.number()?;
            let [background, is_asserted, is_conditional] = from.flags()?;
            Ok(Sentence {
                text,
                speaker,
                side,
                when,
                score,
                bearing,
                background,
                is_asserted,
                is_conditional,
            })
        })?,
    })
}
