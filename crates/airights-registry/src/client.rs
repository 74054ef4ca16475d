//! A polite HTTP client: it says who it is, asks again with growing pauses, and never reads without a bound.

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use cargo_credential::Secret;
use reqwest::header::{AUTHORIZATION, ETAG, HeaderMap, IF_NONE_MATCH};
use reqwest::{Certificate, ClientBuilder, Error, Proxy, StatusCode};

use super::credentials::Credentials;
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

type Connect = Box<dyn FnOnce() -> Result<Connections, String> + Send>;

impl Connections {
    fn new(packing: ClientBuilder, exact: ClientBuilder) -> Result<Self, String> {
        // The first to choose chooses for the process; whoever comes second chooses the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |builder: ClientBuilder| builder.build().map_err(|error| chain(&error));
        Ok(Self {
            packing: build(packing)?,
            exact: build(exact)?,
        })
    }
}

/// Asks over HTTP. It may be called from any thread, and blocks that thread alone.
#[derive(Clone)]
pub struct Client {
    connections: Arc<LazyLock<Result<Connections, String>, Connect>>,
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
            let trouble = match self.attempt(url, question).await {
                Ok(answer) => return Ok(answer),
                Err(trouble) => trouble,
            };
            match pauses.next().filter(|_| trouble.may_pass) {
                Some(&pause) => tokio::time::sleep(pause).await,
                None => {
                    return Err(RegistryError::Unreachable {
                        url: url.to_owned(),
                        reason: trouble.reason,
                    });
                }
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
        let connections = self.connections.as_ref().as_ref().map_err(|reason| Trouble {
            reason: format!("no connection can be made: {reason}"),
            may_pass: false,
        })?;
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
            request = request.header(AUTHORIZATION, token.as_deref().expose());
        }
        let mut response = request.send().await.map_err(Trouble::of)?;
        match response.status() {
            StatusCode::OK => {
                let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
                let etag = etag.map(str::to_owned);
                let mut body = Vec::new();
                while let Some(chunk) = response.chunk().await.map_err(Trouble::of)? {
                    if (body.len() + chunk.len()) as u64 > limit {
                        return Err(Trouble {
                            reason: format!("its answer is longer than {limit} bytes"),
                            may_pass: false,
                        });
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
            status => Err(Trouble {
                reason: format!("it answered {status}"),
                may_pass: status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
            }),
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
    let unusable =
        || RegistryError::Configuration(format!("`http.proxy` is not the address of an HTTP proxy: `{address}`"));
    // Without a scheme it is one of HTTP, as with curl.
    let scheme = address.split_once("://").map_or("http", |(scheme, _)| scheme);
    let is_known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if is_known {
        Proxy::all(address).map_err(|_| unusable())
    } else {
        Err(unusable())
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

/// Why an attempt came to nothing.
struct Trouble {
    reason: String,
    /// Whether it is worth another attempt.
    may_pass: bool,
}

impl Trouble {
    #[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
    fn of(error: Error) -> Self {
        Self {
            reason: chain(&error),
            may_pass: !(error.is_builder() || error.is_redirect()),
        }
    }
}

/// What went wrong, with what made it go wrong. The address is told by whoever asked.
fn chain(error: &Error) -> String {
    let mut words = String::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        let cause_in_words = cause.to_string();
        if !words.contains(&cause_in_words) {
            if !words.is_empty() {
                words.push_str(": ");
            }
            words.push_str(&cause_in_words);
        }
        next = cause.source();
    }
    if words.is_empty() { error.to_string() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

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
