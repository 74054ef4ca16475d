//! A polite HTTP client: it says who it is, asks again with growing pauses, and never reads without a bound.

use std::sync::Arc;
use std::time::Duration;

use cargo_credential::Secret;
use reqwest::header::{AUTHORIZATION, ETAG, HeaderMap, IF_NONE_MATCH};
use reqwest::{ClientBuilder, Error, Proxy, StatusCode};

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

/// Asks over HTTP. It may be called from any thread, and blocks that thread alone.
#[derive(Clone, Debug)]
pub struct Client {
    /// For what may come packed.
    packing: reqwest::Client,
    /// For what has to come byte for byte.
    exact: reqwest::Client,
    credentials: Arc<Credentials>,
}

impl Client {
    /// A client that goes through the proxy cargo would go through, and believes whom cargo would believe.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Configuration`] where the proxy's address is none, or the certificates cannot be read.
    pub fn new(config: &CargoConfig) -> Result<Self, RegistryError> {
        let credentials = Arc::new(Credentials::new(config));
        let unusable =
            |error: &Error| RegistryError::Configuration(format!("no connection can be made: {}", chain(error)));
        // The first to choose chooses for the process; whoever comes second chooses the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |builder: ClientBuilder| builder.build().map_err(|error| unusable(&error));
        Ok(Self {
            packing: build(builder(config)?)?,
            exact: build(builder(config)?.no_gzip())?,
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
        let client = if may_be_packed { &self.packing } else { &self.exact };
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

/// How cargo's configuration says to connect. A token goes along with a redirection to the same host, scheme and port,
/// and no further: that is the default, and no more than cargo does.
fn builder(config: &CargoConfig) -> Result<ClientBuilder, RegistryError> {
    let patience = config.http_timeout();
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent())
        .connect_timeout(patience.unwrap_or(CONNECT))
        .read_timeout(patience.unwrap_or(RESPOND))
        .timeout(WHOLE);
    if let Some(address) = config.text(&["http", "proxy"]).filter(|proxy| !proxy.is_empty()) {
        let proxy = Proxy::all(address).map_err(|error| {
            RegistryError::Configuration(format!("`http.proxy` is not the address of a proxy: {}", chain(&error)))
        })?;
        builder = builder.proxy(proxy);
    }
    if let Some(certificates) = root_certificates(config)? {
        builder = builder.tls_certs_only(certificates);
    }
    Ok(builder)
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
