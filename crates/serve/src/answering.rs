//! [`Answering`]: answers requests without a network, for fuzz targets.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, HOST};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use crate::app::App;
use crate::body::next_piece;
use crate::router::router;
use crate::serve_error::ServeError;
use crate::settings::ServeSettings;

/// A server without a network.
pub struct Answering {
    runtime: tokio::runtime::Runtime,
    service: TowerToHyperService<axum::Router>,
}

impl Answering {
    /// Answers with these settings, apart from those of the network.
    ///
    /// # Errors
    /// If the threads cannot be started or the archive cannot be opened.
    pub fn new(settings: ServeSettings) -> Result<Self, ServeError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Start)?;
        let app = Arc::new(App::new(settings)?);
        Ok(Self { runtime, service: TowerToHyperService::new(router(&app)) })
    }

    /// The status and the body of the answer to a POST of `body`. `None` if `path` or `media_type` cannot be sent.
    #[must_use]
    pub fn post(&self, path: &str, media_type: &str, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
        let request = Request::post(path).header(HOST, "localhost").header(CONTENT_TYPE, media_type);
        let request = request.body(Body::from(body)).ok()?;
        self.runtime.block_on(async {
            let Ok(response) = self.service.call(request).await;
            let status = response.status().as_u16();
            let (mut answer, mut body) = (Vec::new(), response.into_body());
            while let Ok(Some(piece)) = next_piece(&mut body).await {
                answer.extend_from_slice(&piece);
            }
            Some((status, answer))
        })
    }
}
