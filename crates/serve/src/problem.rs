//! [`Problem`]: an error answer in the form of RFC 9457, `application/problem+json`.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use detente_input::{InputError, InputErrorKind};
use serde::Serialize;

/// Clients that were refused may ask again after so many seconds.
const RETRY_SECONDS: u16 = 1;

/// Why a request was not answered, and the place of the fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    pub(crate) r#type: &'static str,
    /// The name of the status.
    pub(crate) title: &'static str,
    pub(crate) status: u16,
    /// What is wrong, in a sentence, with the place.
    pub(crate) detail: String,
    #[serde(flatten)]
    pub(crate) place: Box<Place>,
    /// All faults, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<Fault>,
}

/// Where in a request a fault is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The file of a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    /// The index of a record in an array, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) record: Option<usize>,
    /// The field of a record, or the parameter of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
}

/// One of several faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fault {
    pub(crate) detail: String,
    #[serde(flatten)]
    pub(crate) place: Place,
}

/// At most so many faults are listed.
const MAX_FAULTS: usize = 20;

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            place: Box::default(),
            errors: Vec::new(),
        }
    }

    /// A parameter of the address has a value that is not known.
    pub(crate) fn parameter(name: &str, message: impl std::fmt::Display) -> Self {
        let place = Box::new(Place { field: Some(name.to_owned()), ..Place::default() });
        Self { place, ..Self::new(StatusCode::BAD_REQUEST, format!("parameter {name}: {message}")) }
    }

    /// The server has as much to do as it takes on.
    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy: as many requests as allowed are being worked on; try again",
        )
    }

    pub(crate) fn too_large(what: &str, limit: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, format!("{what} of more than the limit of {limit} bytes"))
    }

    pub(crate) fn cannot_write(error: impl Into<std::io::Error>) -> Self {
        let error: std::io::Error = error.into();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("cannot write the result: {error}"))
    }

    /// Records or files that cannot be read.
    pub(crate) fn of_faults(faults: Vec<(InputErrorKind, Fault)>) -> Self {
        let status = match faults.first() {
            Some((InputErrorKind::TooLong, _)) => StatusCode::PAYLOAD_TOO_LARGE,
            Some((InputErrorKind::Unsupported, _)) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let number = faults.len();
        let mut faults: Vec<Fault> = faults.into_iter().map(|(_, fault)| fault).collect();
        let Some(first) = faults.first().cloned() else { return Self::new(status, "nothing to read") };
        faults.truncate(MAX_FAULTS);
        let detail = match number {
            1 => first.detail,
            _ => format!("{} (and {} more)", first.detail, number - 1),
        };
        if number == 1 {
            faults.clear();
        }
        Self { place: Box::new(first.place), errors: faults, ..Self::new(status, detail) }
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Fault {
    /// What is wrong with an input, in the words of the reader. `file` is named where a request has several.
    pub(crate) fn of_input(error: &InputError, file: Option<&str>) -> Self {
        let place = Place {
            file: file.map(str::to_owned),
            line: error.line(),
            record: error.record(),
            field: error.field().map(str::to_owned),
        };
        let parts = [
            place.file.clone(),
            place.line.map(|line| format!("line {line}")),
            place.record.map(|record| format!("record {record}")),
            place.field.as_ref().map(|field| format!("field {field}")),
            Some(error.message().to_owned()),
        ];
        Self { detail: parts.into_iter().flatten().collect::<Vec<_>>().join(": "), place }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // a value of strings and numbers can always be written
        let json = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<detente::Error> for Problem {
    fn from(error: detente::Error) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}
