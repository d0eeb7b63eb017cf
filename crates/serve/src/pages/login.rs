//! The page that asks a browser for the token, and the cookie that it gets.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::access::COOKIE_NAME;
use crate::app::{App, SharedApp};
use crate::body::read_body;
use crate::pages::frame::{Frame, page, see_other};
use crate::params::Params;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    failed: bool,
}

/// The page, also as the answer to a page that needs the token.
pub(crate) fn login_page(app: &App, failed: bool) -> Result<Response, Problem> {
    let mut response = page(&LoginPage { frame: Frame::of(app), failed })?;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

pub(crate) async fn get_login(State(app): State<SharedApp>) -> Result<Response, Problem> {
    if app.access.token().is_none() {
        return see_other("/");
    }
    let mut response = login_page(&app, false)?;
    *response.status_mut() = StatusCode::OK;
    Ok(response)
}

pub(crate) async fn post_login(State(app): State<SharedApp>, request: Request) -> Result<Response, Problem> {
    let Some(token) = app.access.token() else { return see_other("/") };
    let body = read_body(&app, request).await?;
    let mut form = Params::of_form(&body.bytes)?;
    let given = form.text("token").unwrap_or_default();
    if !token.is_secret(&given) {
        return login_page(&app, true);
    }
    let mut response = see_other("/")?;
    let cookie = format!("{COOKIE_NAME}={}; Path=/; HttpOnly; SameSite=Strict", token.session());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}
