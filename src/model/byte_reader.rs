//! [`ByteReader`]: reads the sections of a model file, borrowing from an embedded one.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Array of little-endian numbers of `N` bytes; borrowed if the file is embedded in the binary.
pub(crate) type PackedNumbers<const N: usize> = Cow<'static, [[u8; N]]>;

/// Bytes of a model file.
#[derive(Clone, Copy)]
pub(crate) enum FileBytes<'a> {
    /// Embedded in the binary; number arrays borrow from it.
    Static(&'static [u8]),
    /// Read at run time; number arrays are copied.
    Temporary(&'a [u8]),
}

impl<'a> FileBytes<'a> {
    #[expect(clippy::match_same_arms, reason = "the lifetimes differ")]
    pub(crate) fn as_slice(self) -> &'a [u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Temporary(bytes) => bytes,
        }
    }

    /// Splits off the first `count` bytes; `None` if there are fewer.
    pub(crate) fn split_at(self, count: usize) -> Option<(Self, Self)> {
        Some(match self {
            Self::Static(bytes) => {
                let (front, rest) = bytes.split_at_checked(count)?;
                (Self::Static(front), Self::Static(rest))
            }
            Self::Temporary(bytes) => {
                let (front, rest) = bytes.split_at_checked(count)?;
                (Self::Temporary(front), Self::Temporary(rest))
            }
        })
    }
}

/// Reads from the front of the remaining bytes.
pub(crate) struct ByteReader<'a>(pub(crate) FileBytes<'a>);

impl<'a> ByteReader<'a> {
    /// Reads `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<FileBytes<'a>> {
        let (front, rest) = self.0.split_at(count).ok_or_else(truncated)?;
        self.0 = rest;
        Ok(front)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.as_slice().first_chunk().copied().ok_or_else(truncated)
    }

    /// Reads a section: its length in eight bytes, then its content.
    pub(crate) fn section(&mut self) -> Result<FileBytes<'a>> {
        let length = u64::from_le_bytes(self.array()?);
        self.take(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// Reads a section of UTF-8; `name` is for the error message.
    pub(crate) fn text(&mut self, name: &str) -> Result<&'a str> {
        utf8(self.section()?.as_slice(), name)
    }

    /// Reads a section of numbers; an incomplete one at the end is ignored.
    pub(crate) fn numbers<const N: usize>(&mut self) -> Result<PackedNumbers<N>> {
        Ok(match self.section()? {
            FileBytes::Static(bytes) => Cow::Borrowed(bytes.as_chunks().0),
            FileBytes::Temporary(bytes) => Cow::Owned(bytes.as_chunks().0.to_vec()),
        })
    }
}

/// Returns the error for a file that ends too early.
pub(crate) fn truncated() -> Error {
    Error::model("the file is cut short")
}

/// Decodes UTF-8; `name` is for the error message.
pub(crate) fn utf8<'a>(bytes: &'a [u8], name: &str) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|e| Error::model(format!("{name} is not UTF-8")).with_source(e))
}
