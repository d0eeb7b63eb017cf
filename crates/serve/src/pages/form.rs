//! [`read_form`]: the fields and files of a form.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use crate::app::App;
use crate::problem::Problem;
use crate::settings::Limits;

/// A form with files may be so many times as long as another request: saved web pages are long.
const FORM_FACTOR: usize = 8;

/// Bytes that a form may have.
pub(crate) fn form_bytes(limits: &Limits) -> usize {
    limits.body_bytes.saturating_mul(FORM_FACTOR)
}

/// A field of a form.
pub(crate) struct FormField {
    pub(crate) name: String,
    /// The name of a file, without its folder.
    pub(crate) file: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Reads a form with files whole.
pub(crate) async fn read_form(app: &App, request: Request) -> Result<Vec<FormField>, Problem> {
    let no_form = |status, message: String| Problem::new(status, format!("not a form: {message}"));
    let _turn = app.forms.try_acquire().map_err(|_| Problem::busy())?;
    let reading = async {
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|error| no_form(error.status(), error.body_text()))?;
        let mut fields = Vec::new();
        let mut room = form_bytes(&app.limits);
        while let Some(mut field) =
            form.next_field().await.map_err(|error| no_form(error.status(), error.body_text()))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(base_name);
            let mut bytes = Vec::new();
            while let Some(piece) =
                field.chunk().await.map_err(|error| no_form(error.status(), error.body_text()))?
            {
                room = room
                    .checked_sub(piece.len())
                    .ok_or_else(|| Problem::too_large("a form", form_bytes(&app.limits)))?;
                bytes.extend_from_slice(&piece);
            }
            fields.push(FormField { name, file, bytes });
        }
        Ok(fields)
    };
    let slow = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "the form did not arrive in time");
    tokio::time::timeout(app.limits.patience, reading).await.map_err(slow)?
}

/// The last part of a path, of any system; browsers send names, other clients may send anything.
fn base_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).collect()
}

impl FormField {
    /// The text of a field without files.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).trim().to_owned()
    }
}
