//! A polite HTTP client: it says who it is, asks again with growing pauses, and never reads without a bound.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use cargo_credential::Secret;
use flate2::read::GzDecoder;
use ureq::config::RedirectAuthHeaders;
use ureq::http::{HeaderMap, StatusCode};
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, Proxy};

use super::credentials::Credentials;
use super::resolver::RememberingResolver;
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

/// Asks over HTTP.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
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
        let proxy = match config.text(&["http", "proxy"]).filter(|proxy| !proxy.is_empty()) {
            Some(address) => Some(Proxy::new(address).map_err(|error| {
                RegistryError::Configuration(format!("`http.proxy` is no address of a proxy: {error}"))
            })?),
            None => Proxy::try_from_env(),
        };
        let tls = TlsConfig::builder()
            .root_certs(root_certificates(config)?)
            .unversioned_rustls_crypto_provider(rustls::crypto::ring::default_provider().into())
            .build();
        let patience = config.http_timeout();
        let config = Agent::config_builder()
            .tls_config(tls)
            .proxy(proxy)
            .user_agent(user_agent())
            .http_status_as_error(false)
            // As far as cargo takes a token, and no further: to the same host, under the same scheme or a safer one.
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .max_idle_connections_per_host(16)
            .max_idle_connections(32)
            .timeout_connect(Some(patience.unwrap_or(CONNECT)))
            .timeout_recv_response(Some(patience.unwrap_or(RESPOND)))
            .timeout_global(Some(WHOLE))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), RememberingResolver::default());
        Ok(Self { agent, credentials })
    }

    /// Where tokens come from.
    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Asks, and asks again where that may help.
    pub(super) fn get(&self, url: &str, question: &Question<'_>) -> Result<Answer, RegistryError> {
        let mut pauses = PAUSES.iter();
        loop {
            let trouble = match self.attempt(url, question) {
                Ok(answer) => return Ok(answer),
                Err(trouble) => trouble,
            };
            match pauses.next().filter(|_| trouble.may_pass) {
                Some(&pause) => std::thread::sleep(pause),
                None => {
                    return Err(RegistryError::Unreachable {
                        url: url.to_owned(),
                        reason: trouble.reason,
                    });
                }
            }
        }
    }

    fn attempt(&self, url: &str, question: &Question<'_>) -> Result<Answer, Trouble> {
        let Question {
            etag,
            limit,
            may_be_packed,
            token,
        } = *question;
        let mut request = self.agent.get(url);
        // What is packed is unpacked here: a response that `ureq` unpacks is not read to its very end, which costs the
        // connection it came through.
        if may_be_packed {
            request = request.header("Accept-Encoding", "gzip");
        }
        if let Some(etag) = etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(token) = token {
            request = request.header("Authorization", token.as_deref().expose());
        }
        let mut response = request.call().map_err(Trouble::of)?;
        match response.status() {
            StatusCode::OK => {
                let etag = response.headers().get("ETag").and_then(|etag| etag.to_str().ok());
                let etag = etag.map(str::to_owned);
                let encoding = response.headers().get("Content-Encoding");
                let is_packed = may_be_packed && encoding.is_some_and(|encoding| encoding == "gzip");
                let body = response.body_mut().with_config().limit(limit).read_to_vec();
                let body = body.map_err(Trouble::of)?;
                let body = if is_packed { unpacked(&body, limit)? } else { body };
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

fn unpacked(packed: &[u8], limit: u64) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    let read = GzDecoder::new(packed).take(limit).read_to_end(&mut body);
    let is_whole = read.is_ok_and(|length| (length as u64) < limit);
    is_whole.then_some(body).ok_or_else(|| Trouble {
        reason: "its answer is not packed as it says".to_owned(),
        may_pass: true,
    })
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
        let is_final = matches!(
            error,
            Error::BadUri(_) | Error::HostNotFound | Error::BodyExceedsLimit(_) | Error::InvalidProxyUrl
        );
        Self {
            reason: error.to_string(),
            may_pass: !is_final,
        }
    }
}
