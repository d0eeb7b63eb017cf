//! [`Stored`]: numbers as they stand in a model's file, and how they are read.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Numbers of `N` bytes, the lowest byte first; not copied where the file is part of the program.
pub(crate) type Stored<const N: usize> = Cow<'static, [[u8; N]]>;

/// The bytes of a model's file.
#[derive(Clone, Copy)]
pub(crate) enum Bytes<'a> {
    /// Part of the program; they stay where they are.
    OfProgram(&'static [u8]),
    /// Given by someone; what is kept of them is copied.
    Given(&'a [u8]),
}

impl<'a> Bytes<'a> {
    #[expect(clippy::match_same_arms, reason = "they live for different times")]
    pub(crate) fn as_slice(self) -> &'a [u8] {
        match self {
            Self::OfProgram(bytes) => bytes,
            Self::Given(bytes) => bytes,
        }
    }

    /// The first `count` bytes and the others.
    pub(crate) fn split_at(self, count: usize) -> Option<(Self, Self)> {
        Some(match self {
            Self::OfProgram(bytes) => {
                let (front, rest) = bytes.split_at_checked(count)?;
                (Self::OfProgram(front), Self::OfProgram(rest))
            }
            Self::Given(bytes) => {
                let (front, rest) = bytes.split_at_checked(count)?;
                (Self::Given(front), Self::Given(rest))
            }
        })
    }
}

/// Reads from the front of what is left.
pub(crate) struct Reader<'a>(pub(crate) Bytes<'a>);

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Result<Bytes<'a>> {
        let (front, rest) = self.0.split_at(count).ok_or_else(|| Error::model("the file is cut short"))?;
        self.0 = rest;
        Ok(front)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let bytes = self.take(N)?.as_slice();
        bytes.first_chunk().copied().ok_or_else(|| Error::model("the file is cut short"))
    }

    /// The next section: its length in eight bytes, then as many bytes.
    pub(crate) fn section(&mut self) -> Result<Bytes<'a>> {
        let length = u64::from_le_bytes(self.array()?);
        self.take(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// The next section as text; `what` it is.
    pub(crate) fn text(&mut self, what: &str) -> Result<&'a str> {
        text(self.section()?.as_slice(), what)
    }

    /// The next section as numbers; what is left of it over whole ones is passed over.
    pub(crate) fn numbers<const N: usize>(&mut self) -> Result<Stored<N>> {
        Ok(match self.section()? {
            Bytes::OfProgram(bytes) => Cow::Borrowed(bytes.as_chunks().0),
            Bytes::Given(bytes) => Cow::Owned(bytes.as_chunks().0.to_vec()),
        })
    }
}

/// Bytes of a file as text; `what` it is.
pub(crate) fn text<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|e| Error::model(format!("{what} is not UTF-8")).because(e))
}
