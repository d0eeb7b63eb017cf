//! [`Params`]: the parameters of an address.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use axum::http::Uri;

use crate::problem::Problem;

/// The parameters of an address. Each is taken by its name; what is left at the end is not known.
#[derive(Debug, Default)]
pub(crate) struct Params(BTreeMap<String, String>);

impl Params {
    /// The parameters of `uri`.
    ///
    /// # Errors
    /// If one comes twice.
    pub(crate) fn of(uri: &Uri) -> Result<Self, Problem> {
        Self::of_pairs(form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()).into_owned())
    }

    /// The fields of a form without files.
    ///
    /// # Errors
    /// If one comes twice.
    pub(crate) fn of_form(body: &[u8]) -> Result<Self, Problem> {
        Self::of_pairs(form_urlencoded::parse(body).into_owned())
    }

    fn of_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, Problem> {
        let mut params = Self::default();
        for (name, value) in pairs {
            if params.0.contains_key(&name) {
                return Err(Problem::parameter(&name, "given twice"));
            }
            params.0.insert(name, value);
        }
        Ok(params)
    }

    /// The text of a parameter; `None` if it is missing or empty.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.0.remove(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The value of a parameter; `None` if it is missing or empty.
    ///
    /// # Errors
    /// If it cannot be parsed.
    pub(crate) fn value<T: FromStr<Err: Display>>(&mut self, name: &str) -> Result<Option<T>, Problem> {
        let value = self.text(name);
        value.map(|value| value.parse()).transpose().map_err(|error| Problem::parameter(name, error))
    }

    /// Whether a switch is on: without a value, or with `true`, `1` or `on`.
    ///
    /// # Errors
    /// If the value is another one.
    pub(crate) fn is_on(&mut self, name: &str) -> Result<bool, Problem> {
        match self.0.remove(name).as_deref() {
            None | Some("false" | "0" | "off") => Ok(false),
            Some("" | "true" | "1" | "on") => Ok(true),
            Some(other) => Err(Problem::parameter(name, format_args!("{other:?} is neither true nor false"))),
        }
    }

    /// Checks that all parameters were taken.
    ///
    /// # Errors
    /// If one is not known.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        self.0.into_keys().next().map_or(Ok(()), |name| Err(Problem::parameter(&name, "not known here")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Result<Params, Problem> {
        Params::of(&format!("/v1/score?{query}").parse().expect("an address"))
    }

    #[test]
    fn parameters_are_taken_by_name_and_the_rest_is_refused() {
        let mut found = params("statements&since=2033-01-02&about=a%20b&by=").expect("parameters");
        assert!(found.is_on("statements").expect("a switch") && !found.is_on("causal").expect("a switch"));
        assert_eq!(found.value::<detente::Day>("since").expect("a day"), detente::Day::new(2033, 1, 2));
        assert_eq!((found.text("about").as_deref(), found.text("by")), (Some("a b"), None));
        found.finish().expect("all taken");
        let error = params("statemens=1").expect("parameters").finish().expect_err("unknown");
        assert_eq!((error.status, error.place.field.as_deref()), (400, Some("statemens")));
        assert_eq!(params("a=1&a=2").expect_err("twice").detail, "parameter a: given twice");
        let error =
            params("date=soon").expect("parameters").value::<detente::Day>("date").expect_err("no day");
        assert!(error.detail.starts_with("parameter date: "), "{error:?}");
    }
}
