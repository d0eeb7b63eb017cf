//! [`Access`]: which requests may be answered: the host and the origin that they name, and their token.

use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::problem::Problem;
use crate::token::Token;

/// The cookie of a browser that knows the token.
pub(crate) const COOKIE_NAME: &str = "detente-session";

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who may use the server.
#[derive(Debug)]
pub(crate) struct Access {
    /// Host names and addresses in lower case, without a port.
    hosts: Vec<String>,
    /// Whether it listens at all addresses, so that any may be named.
    any_address: bool,
    token: Option<Token>,
}

impl Access {
    /// Rules for a server that listens at `addresses`.
    pub(crate) fn new(addresses: &[IpAddr], allowed_hosts: &[String], token: Option<Token>) -> Self {
        let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
        hosts.extend(addresses.iter().map(ToString::to_string));
        hosts.extend(allowed_hosts.iter().map(|host| host.trim_end_matches('.').to_ascii_lowercase()));
        Self { hosts, any_address: addresses.iter().any(IpAddr::is_unspecified), token }
    }

    pub(crate) fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Refuses a request that names another host (DNS rebinding) or comes from the page of another site.
    pub(crate) fn check_source(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<(), Problem> {
        let mut hosts = headers.get_all(HOST).iter();
        let bad_host = || Problem::new(StatusCode::BAD_REQUEST, "one Host header with a host name is needed");
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(bad_host()) };
        let host = host.to_str().map_err(|_| bad_host())?;
        if uri.authority().is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(host)) {
            return Err(bad_host());
        }
        let name = host_name(host).ok_or_else(bad_host)?;
        if !self.is_allowed_host(&name) {
            let message =
                format!("the host {name:?} is not that of this server (--allow-host {name} allows it)");
            return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, message));
        }
        if matches!(*method, Method::GET | Method::HEAD) {
            return Ok(());
        }
        let foreign =
            || Problem::new(StatusCode::FORBIDDEN, "requests from pages of other sites are refused");
        match headers.get(ORIGIN).map(HeaderValue::to_str) {
            Some(Ok(origin)) => {
                let own = origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host));
                if own { Ok(()) } else { Err(foreign()) }
            }
            Some(Err(_)) => Err(foreign()),
            // programs send neither header; browsers that leave out the origin name the kind of site
            None => match headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes) {
                None | Some(b"same-origin" | b"none") => Ok(()),
                Some(_) => Err(foreign()),
            },
        }
    }

    /// Refuses a request without the token, if there is one.
    pub(crate) fn check_token(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(token) = &self.token else { return Ok(()) };
        let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
            let (scheme, secret) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
        });
        if bearer.is_some_and(|secret| token.is_secret(secret)) {
            return Ok(());
        }
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if pairs.any(|(name, value)| name == COOKIE_NAME && token.is_session(value)) {
            return Ok(());
        }
        let message = "the token is needed: Authorization: Bearer TOKEN, or the page /login";
        Err(Problem::new(StatusCode::UNAUTHORIZED, message))
    }

    fn is_allowed_host(&self, name: &str) -> bool {
        let is_address = || name.parse::<IpAddr>().is_ok();
        self.hosts.iter().any(|host| host == name) || self.any_address && is_address()
    }
}

/// The name or address of a Host header in lower case, without the port and the brackets of an IPv6 address.
fn host_name(host: &str) -> Option<String> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (name, rest) = rest.split_once(']')?;
            name.parse::<std::net::Ipv6Addr>().ok()?;
            (name, rest.strip_prefix(':').or_else(|| rest.is_empty().then_some("")))
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, Some("")),
        },
    };
    let is_port = port?.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    (is_port && !name.is_empty() && name.chars().all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &Method, pairs: &[(&str, &str)]) -> u16 {
        let access =
            Access::new(&["127.0.0.1".parse().expect("an address")], &["Desk.example".to_owned()], None);
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name: HeaderName = name.parse().expect("a name");
            headers.append(name, HeaderValue::from_str(value).expect("a value"));
        }
        access
            .check_source(method, &Uri::from_static("/v1/score"), &headers)
            .map_or_else(|p| p.status, |()| 200)
    }

    #[test]
    fn only_own_hosts_are_answered() {
        for (host, status) in [
            ("localhost:8733", 200),
            ("LOCALHOST", 200),
            ("127.0.0.1:1", 200),
            ("[::1]:8733", 200),
            ("desk.example.", 200),
            ("evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("localhost.evil.example:8733", 421),
            ("10.0.0.1", 421),
            ("", 400),
            ("local host", 400),
            ("localhost:80:80", 400),
            ("[::1", 400),
            ("user@localhost", 400),
        ] {
            assert_eq!(check(&Method::GET, &[("host", host)]), status, "{host}");
        }
        assert_eq!(check(&Method::GET, &[]), 400);
        assert_eq!(check(&Method::GET, &[("host", "localhost"), ("host", "localhost")]), 400);
    }

    #[test]
    fn pages_of_other_sites_cannot_send() {
        let host = ("host", "localhost:8733");
        for (origin, status) in [
            ("http://localhost:8733", 200),
            ("http://localhost", 403),
            ("http://localhost:1", 403),
            ("https://evil.example", 403),
            ("null", 403),
            ("", 403),
        ] {
            assert_eq!(check(&Method::POST, &[host, ("origin", origin)]), status, "{origin}");
        }
        assert_eq!(check(&Method::POST, &[host]), 200);
        assert_eq!(check(&Method::POST, &[host, ("sec-fetch-site", "cross-site")]), 403);
        assert_eq!(check(&Method::POST, &[host, ("sec-fetch-site", "same-origin")]), 200);
        assert_eq!(check(&Method::GET, &[host, ("origin", "null")]), 200);
    }

    #[test]
    fn any_address_of_the_machine_may_be_named_if_it_listens_at_all() {
        let access = Access::new(&["0.0.0.0".parse().expect("an address")], &[], None);
        assert!(access.is_allowed_host("10.1.2.3") && !access.is_allowed_host("evil.example"));
    }
}
