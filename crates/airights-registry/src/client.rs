//! A polite HTTP client: it says who it is, asks again with growing pauses, and never reads without a bound.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use cargo_credential::Secret;
use reqwest::header::{AUTHORIZATION, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use reqwest::{Certificate, ClientBuilder, Error, Proxy, StatusCode, Url};
use tracing::debug;

use super::credentials::Credentials;
use super::error::{Cause, Silence};
use super::runtime::runtime;
use super::trust::root_certificates;
use super::{CargoConfig, RegistryError};

/// How long to wait before each further attempt.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1200)];
/// No answer by then is none, unless cargo is told to wait longer or less.
const CONNECT: Duration = Duration::from_secs(10);
/// From the request to the first byte.
const RESPOND: Duration = Duration::from_secs(30);
/// The whole of one attempt.
const WHOLE: Duration = Duration::from_mins(3);

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Here it is.
    Found {
        /// The bytes.
        body: Vec<u8>,
        /// The version of the bytes, to ask for newer ones later.
        etag: Option<String>,
    },
    /// It is still what its version says.
    Unchanged,
    /// There is no such thing.
    Absent,
    /// It is for those who tell a token, or another one.
    Unauthorized {
        /// The headers of the answer.
        headers: Vec<String>,
    },
}

/// What connects, once there is somebody to ask: until then it does not matter whether this machine has certificates.
#[derive(Debug)]
struct Connections {
    /// For what may come packed.
    packing: reqwest::Client,
    /// For what has to come byte for byte.
    exact: reqwest::Client,
}

type Connect = Box<dyn FnOnce() -> Result<Connections, Cause> + Send>;

impl Connections {
    fn new(packing: ClientBuilder, exact: ClientBuilder) -> Result<Self, Cause> {
        // The first to choose chooses for the process; whoever comes second chooses the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |builder: ClientBuilder| builder.build().map_err(|error| Arc::new(NoAnswer(error)) as Cause);
        Ok(Self {
            packing: build(packing)?,
            exact: build(exact)?,
        })
    }
}

/// Asks over HTTP. It may be called from any thread, and blocks that thread alone.
#[derive(Clone)]
pub struct Client {
    connections: Arc<LazyLock<Result<Connections, Cause>, Connect>>,
    credentials: Arc<Credentials>,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client that goes through the proxy cargo would go through, and believes whom cargo would believe.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Configuration`] where the proxy's address is none, or the certificates cannot be read.
    pub fn new(config: &CargoConfig) -> Result<Self, RegistryError> {
        let credentials = Arc::new(Credentials::new(config));
        let settings = Settings::of(config)?;
        let (packing, exact) = (settings.builder(), settings.builder().no_gzip());
        let connect: Connect = Box::new(move || Connections::new(packing, exact));
        Ok(Self {
            connections: Arc::new(LazyLock::new(connect)),
            credentials,
        })
    }

    /// Where tokens come from.
    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Asks, and asks again where that may help.
    pub(super) fn get(&self, url: &str, question: &Question<'_>) -> Result<Answer, RegistryError> {
        runtime().block_on(self.ask(url, question))
    }

    async fn ask(&self, url: &str, question: &Question<'_>) -> Result<Answer, RegistryError> {
        let mut pauses = PAUSES.iter();
        loop {
            let begun = Instant::now();
            let trouble = match self.attempt(url, question).await {
                Ok(answer) => return Ok(answer),
                Err(trouble) => trouble,
            };
            let error = trouble.at(url);
            debug!(error = error.in_one_line(), took = ?begun.elapsed(), "no answer of use");
            match pauses.next().filter(|_| trouble.may_pass()) {
                Some(&pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    async fn attempt(&self, url: &str, question: &Question<'_>) -> Result<Answer, Trouble> {
        let Question {
            etag,
            limit,
            may_be_packed,
            token,
        } = *question;
        let connections = self.connections.as_ref().as_ref();
        let connections = connections.map_err(|cause| Trouble::useless(Arc::clone(cause)))?;
        let client = if may_be_packed {
            &connections.packing
        } else {
            &connections.exact
        };
        let mut request = client.get(url);
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(token) = token {
            let value = HeaderValue::from_str(token.as_deref().expose());
            let mut value = value.map_err(|error| Trouble::useless(Arc::new(error)))?;
            // Whatever shows headers leaves this one out.
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let begun = Instant::now();
        let mut response = request.send().await.map_err(Trouble::of)?;
        let status = response.status();
        debug!(url = shown(url), status = status.as_u16(), took = ?begun.elapsed(), "asked a registry");
        match status {
            StatusCode::OK => {
                let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
                let etag = etag.map(str::to_owned);
                let mut body = Vec::new();
                while let Some(chunk) = response.chunk().await.map_err(Trouble::of)? {
                    if (body.len() + chunk.len()) as u64 > limit {
                        let cause = format!("its answer is longer than {limit} bytes");
                        return Err(Trouble::useless(Arc::from(Box::from(cause))));
                    }
                    body.extend_from_slice(&chunk);
                }
                Ok(Answer::Found { body, etag })
            }
            StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged),
            // The registry protocol takes all three for "no such crate".
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => Ok(Answer::Absent),
            StatusCode::UNAUTHORIZED => Ok(Answer::Unauthorized {
                headers: in_words(response.headers()),
            }),
            status => Err(Trouble::Answered(status)),
        }
    }
}

/// How cargo's configuration says to connect.
struct Settings {
    patience: Option<Duration>,
    proxy: Option<Proxy>,
    certificates: Option<Vec<Certificate>>,
}

impl Settings {
    fn of(config: &CargoConfig) -> Result<Self, RegistryError> {
        let address = config.text(&["http", "proxy"]).filter(|proxy| !proxy.is_empty());
        Ok(Self {
            patience: config.http_timeout(),
            proxy: address.map(proxy).transpose()?,
            certificates: root_certificates(config)?,
        })
    }

    /// A token goes along with a redirection to the same host, scheme and port, and no further: that is the default, and
    /// no more than cargo does.
    fn builder(&self) -> ClientBuilder {
        let mut builder = reqwest::Client::builder()
            .user_agent(user_agent())
            .connect_timeout(self.patience.unwrap_or(CONNECT))
            .read_timeout(self.patience.unwrap_or(RESPOND))
            .timeout(WHOLE)
            // Where a package is kept need not hear which address led there.
            .referer(false);
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.clone());
        }
        if let Some(certificates) = &self.certificates {
            builder = builder.tls_certs_only(certificates.iter().cloned());
        }
        builder
    }
}

/// The proxy of an address. One that cannot be gone through is an error, and never passed by.
fn proxy(address: &str) -> Result<Proxy, RegistryError> {
    // Before its host an address may have a name and a password.
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
    let unusable = |cause: Option<Cause>| RegistryError::Configuration {
        reason: format!("`http.proxy` is not the address of an HTTP proxy: `{host}`"),
        cause,
    };
    // Without a scheme it is one of HTTP, as with curl.
    let scheme = address.split_once("://").map_or("http", |(scheme, _)| scheme);
    let is_known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if is_known {
        Proxy::all(address).map_err(|error| unusable(Some(Arc::new(error))))
    } else {
        Err(unusable(None))
    }
}

/// Who asks, as registries want to know.
fn user_agent() -> String {
    let name = concat!("cargo-airights/", env!("CARGO_PKG_VERSION"));
    match env!("CARGO_PKG_REPOSITORY") {
        "" => name.to_owned(),
        repository => format!("{name} ({repository})"),
    }
}

/// Headers as credential providers take them.
fn in_words(headers: &HeaderMap) -> Vec<String> {
    let words = headers
        .iter()
        .filter_map(|(name, value)| Some((name, value.to_str().ok()?)));
    words.map(|(name, value)| format!("{name}: {value}")).collect()
}

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    /// The version of what is known already, not to be sent again.
    pub(super) etag: Option<&'a str>,
    /// So many bytes at most.
    pub(super) limit: u64,
    /// Whether it may come packed, or has to come byte for byte.
    pub(super) may_be_packed: bool,
    /// Who asks.
    pub(super) token: Option<&'a Secret<String>>,
}

/// An address as it is shown: without the name and the password that may stand before its host.
pub(super) fn shown(url: &str) -> String {
    let Ok(mut address) = Url::parse(url) else {
        return url.to_owned();
    };
    // What cannot have a user has none.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    address.into()
}

/// Why an attempt came to nothing.
enum Trouble {
    /// There was no answer.
    Silent {
        silence: Silence,
        cause: Cause,
        /// Whether it is worth another attempt.
        may_pass: bool,
    },
    /// There was one that is of no use.
    Answered(StatusCode),
}

impl Trouble {
    fn of(error: Error) -> Self {
        let silence = match () {
            () if error.is_timeout() => Silence::TimedOut,
            () if is_about_trust(&error) => Silence::NotTrusted,
            () => Silence::Other,
        };
        let may_pass = !(error.is_builder() || error.is_redirect() || silence == Silence::NotTrusted);
        Self::Silent {
            silence,
            cause: Arc::new(NoAnswer(error)),
            may_pass,
        }
    }

    /// One that no further attempt would mend.
    fn useless(cause: Cause) -> Self {
        Self::Silent {
            silence: Silence::Other,
            cause,
            may_pass: false,
        }
    }

    fn may_pass(&self) -> bool {
        match self {
            Self::Silent { may_pass, .. } => *may_pass,
            Self::Answered(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// What went wrong at an address.
    fn at(&self, url: &str) -> RegistryError {
        let url = shown(url);
        match self {
            Self::Silent { silence, cause, .. } => RegistryError::Unreachable {
                url,
                silence: *silence,
                cause: Arc::clone(cause),
            },
            Self::Answered(status) => RegistryError::Answered {
                url,
                status: status.to_string(),
                may_pass: self.may_pass(),
            },
        }
    }
}

/// A request that got no answer. Its address is told by whoever asked.
#[derive(Debug)]
struct NoAnswer(Error);

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &self.0;
        formatter.write_str(match () {
            () if error.is_builder() => "no connection can be made",
            () if error.is_timeout() => "it took too long",
            () if is_about_trust(error) => "its certificate is not to be trusted",
            () if error.is_connect() => "cannot connect",
            () if error.is_redirect() => "it leads elsewhere too often",
            () if error.is_body() || error.is_decode() => "the answer breaks off",
            () => "the request failed",
        })
    }
}

impl StdError for NoAnswer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Whether it is the other side's certificate that is at fault. An error of input and output hides what it is made of.
fn is_about_trust(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = inside.map_or_else(|| error.source(), |inside| Some(inside));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_not_trusted_is_found_wherever_it_stands() {
        let untrusted = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let hidden = std::io::Error::other(std::io::Error::other(untrusted.clone()));
        assert!(is_about_trust(&untrusted) && is_about_trust(&hidden));
        assert!(!is_about_trust(&std::io::Error::other(rustls::Error::DecryptError)));
    }

    #[test]
    fn who_asks_stands_in_no_address_that_is_shown() {
        assert_eq!(shown("https://me:s3cr3t@a.example/i/?q"), "https://a.example/i/?q");
        assert_eq!(shown("http://a.example/"), "http://a.example/");
    }

    #[test]
    fn a_proxy_that_cannot_be_gone_through_is_an_error() {
        for address in ["http://127.0.0.1:1", "HTTPS://proxy.example", "127.0.0.1:8080"] {
            assert!(proxy(address).is_ok(), "{address}");
        }
        for address in ["htp://127.0.0.1:1", "ftp://x", "socks5://127.0.0.1:1", "http://[", ""] {
            let error = proxy(address).expect_err(address).to_string();
            assert!(error.contains("`http.proxy`"), "{error}");
        }
    }
}
