//! [`Server`]: listens, takes connections, and ends when it is told to.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Semaphore, watch};

use crate::app::{App, SharedApp};
use crate::patient_stream::PatientStream;
use crate::router::router;
use crate::serve_error::ServeError;
use crate::settings::ServeSettings;
use crate::signals::Signals;

/// Pause after a connection could not be taken, as when no file handle is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Bytes of the head of a request, and header lines in it.
const MAX_HEAD_BYTES: usize = 32 << 10;
const MAX_HEADERS: usize = 64;
/// Most connections, whatever the settings say.
const MAX_CONNECTIONS: u32 = 100_000;

/// A server that listens and does not answer yet.
pub struct Server {
    listeners: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
    app: SharedApp,
}

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServeOutcome {
    /// All requests under way were answered.
    Finished,
    /// So many requests were cut, by a second signal or because they took too long.
    Cut(usize),
}

impl Server {
    /// Listens at the addresses of `settings`. An address that the machine does not have is left out if another is
    /// there.
    ///
    /// # Errors
    /// If no address can be listened at, one is not loopback and there is no token, or the archive cannot be opened.
    pub fn bind(settings: ServeSettings) -> Result<Self, ServeError> {
        let (mut listeners, mut addresses, mut failed) = (Vec::new(), Vec::new(), None);
        let mut port = settings.port;
        for ip in &settings.addresses {
            let address = SocketAddr::new(*ip, port);
            if !ip.is_loopback() && settings.token.is_none() {
                return Err(ServeError::NoToken(address));
            }
            let bound = TcpListener::bind(address).and_then(|listener| {
                listener.set_nonblocking(true)?;
                Ok((listener.local_addr()?, listener))
            });
            match bound {
                Ok((address, listener)) => {
                    port = address.port();
                    addresses.push(address);
                    listeners.push(listener);
                }
                // half a server would hide that another program answers at the other address
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    return Err(ServeError::Bind(address, error));
                }
                Err(error) => {
                    failed.get_or_insert((address, error));
                }
            }
        }
        match failed {
            Some((address, error)) if listeners.is_empty() => Err(ServeError::Bind(address, error)),
            _ => Ok(Self { listeners, addresses, app: Arc::new(App::new(settings)?) }),
        }
    }

    /// The addresses that it listens at.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Answers requests until SIGTERM or Ctrl-C. Requests under way are then answered, unless a second signal comes.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub fn run(self) -> Result<ServeOutcome, ServeError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Start)?;
        let outcome = runtime.block_on(self.serve());
        // a second signal does not wait for articles that are being scored
        runtime.shutdown_background();
        outcome
    }

    async fn serve(self) -> Result<ServeOutcome, ServeError> {
        let mut signals = Signals::listen().map_err(ServeError::Start)?;
        let app = self.app;
        let grace = app.limits.grace;
        let (stop, _) = watch::channel(());
        let count = app.limits.connections.clamp(1, MAX_CONNECTIONS as usize) as u32;
        let places = Arc::new(Semaphore::new(count as usize));
        let mut tasks = Vec::new();
        for listener in self.listeners {
            let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
            let (app, places, stop) = (Arc::clone(&app), Arc::clone(&places), stop.subscribe());
            let door = Door { service: router(&app), app, places, stop };
            tasks.push(tokio::spawn(door.take_connections(listener)));
        }
        signals.next().await;
        tracing::info!(under_way = app.gate.admitted(), "ending");
        stop.send_replace(());
        for task in tasks {
            // none is taken after this
            let _ = task.await;
        }
        tokio::select! {
            _ = places.acquire_many(count) => Ok(ServeOutcome::Finished),
            () = signals.next() => Ok(ServeOutcome::Cut(app.gate.admitted())),
            () = tokio::time::sleep(grace) => Ok(ServeOutcome::Cut(app.gate.admitted())),
        }
    }
}

/// Takes the connections of one address.
struct Door {
    app: SharedApp,
    /// A permit for each connection that may be open.
    places: Arc<Semaphore>,
    service: axum::Router,
    /// Changes when the server ends.
    stop: watch::Receiver<()>,
}

impl Door {
    async fn take_connections(self, listener: tokio::net::TcpListener) {
        let mut stop = self.stop.clone();
        loop {
            let taken = tokio::select! {
                _ = stop.changed() => return,
                taken = self.take_connection(&listener) => taken,
            };
            match taken {
                Ok((stream, place)) => {
                    let connection = self.connection(stream);
                    let app = Arc::clone(&self.app);
                    app.connections.fetch_add(1, Ordering::Relaxed);
                    tokio::spawn(async move {
                        connection.await;
                        app.connections.fetch_sub(1, Ordering::Relaxed);
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    async fn take_connection(
        &self,
        listener: &tokio::net::TcpListener,
    ) -> io::Result<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(io::Error::other)?;
        let (stream, _) = listener.accept().await?;
        Ok((stream, place))
    }

    /// Answers the requests of a connection one after another, at the end only the one under way.
    fn connection(&self, stream: tokio::net::TcpStream) -> impl Future<Output = ()> + use<> {
        // answers are small and written at once
        let _ = stream.set_nodelay(true);
        let stream = TokioIo::new(PatientStream::new(stream, self.app.limits.patience));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.app.limits.head_patience)
            .max_buf_size(MAX_HEAD_BYTES)
            .max_headers(MAX_HEADERS)
            .serve_connection(stream, TowerToHyperService::new(self.service.clone()));
        let mut stop = self.stop.clone();
        async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                _ = stop.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }
}
