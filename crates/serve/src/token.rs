//! [`Token`]: the secret that requests must know, compared in constant time.

use std::fmt;

use subtle::ConstantTimeEq;

use crate::serve_error::ServeError;

/// The secret that requests must know if the server listens beyond the loopback addresses.
#[derive(Clone)]
pub struct Token {
    secret: String,
    /// What a browser keeps in its cookie: derived from the secret, which cannot be found from it.
    session: String,
}

impl Token {
    /// Fewest characters.
    pub const MIN_CHARS: usize = 16;

    /// The token in the content of a file: its text without spaces and line breaks around it.
    ///
    /// # Errors
    /// If it has fewer than [`MIN_CHARS`](Self::MIN_CHARS) characters, or one that is not printable ASCII.
    ///
    /// ```
    /// use detente_serve::Token;
    /// assert!(Token::parse("4f0c9a1d77e2b35860aa\n").is_ok());
    /// assert!(Token::parse("secret").is_err());
    /// ```
    pub fn parse(content: &str) -> Result<Self, ServeError> {
        let secret = content.trim();
        if secret.len() < Self::MIN_CHARS {
            let message = format!("a token of fewer than {} characters can be guessed", Self::MIN_CHARS);
            return Err(ServeError::Token(message));
        }
        if let Some(other) = secret.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(ServeError::Token(format!("{other:?} in a token: use letters, digits and marks")));
        }
        let session = blake3::derive_key("detente serve, session of a browser", secret.as_bytes());
        let session = blake3::Hash::from(session).to_hex().to_string();
        Ok(Self { secret: secret.to_owned(), session })
    }

    /// Whether `given` is the secret.
    pub(crate) fn is_secret(&self, given: &str) -> bool {
        is_equal(&self.secret, given)
    }

    /// Whether `given` is the content of the cookie.
    pub(crate) fn is_session(&self, given: &str) -> bool {
        is_equal(&self.session, given)
    }

    /// The content of the cookie.
    pub(crate) fn session(&self) -> &str {
        &self.session
    }
}

/// Compares hashes of both in constant time, so that neither the place of a difference nor the length shows.
fn is_equal(expected: &str, given: &str) -> bool {
    let hash = |text: &str| *blake3::hash(text.as_bytes()).as_bytes();
    hash(expected).ct_eq(&hash(given)).into()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_and_session_are_told_apart() {
        let token = Token::parse("0123456789abcdef\n").expect("a token");
        assert!(token.is_secret("0123456789abcdef"));
        assert!(
            !token.is_secret("0123456789abcdeF") && !token.is_secret("") && !token.is_secret(token.session())
        );
        assert!(token.is_session(token.session()) && !token.is_session("0123456789abcdef"));
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn a_token_that_cannot_be_sent_or_can_be_guessed_is_refused() {
        for content in
            ["", "short", "0123456789 abcdef", "0123456789abcdéf", "0123456789abcdef\n0123456789abcdef"]
        {
            assert!(Token::parse(content).is_err(), "{content:?}");
        }
    }
}
