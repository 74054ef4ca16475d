//! A polite HTTP client: it says who it is, asks again with growing pauses, and never reads without a bound.

mod patience;
mod settings;
mod trouble;
mod way;

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use airights_safe::text::shortened;
use cargo_credential::Secret;
use reqwest::header::{AUTHORIZATION, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, InvalidHeaderValue};
use reqwest::{ClientBuilder, StatusCode, Url};
use tokio::time::timeout_at;
use tracing::debug;

use self::patience::Patience;
use self::settings::Settings;
use self::trouble::{NoAnswer, Trouble};
use self::way::Way;
use super::credentials::Credentials;
use super::error::Cause;
use super::runtime::runtime;
use super::{CargoConfig, RegistryError};

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
    patience: Patience,
    /// When to stop, whatever is asked.
    until: Option<Instant>,
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
            patience: settings.patience,
            until: None,
        })
    }

    /// The same, but nobody is waited for beyond a moment.
    #[must_use]
    pub fn until(self, until: Option<Instant>) -> Self {
        Self { until, ..self }
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
        let now = Instant::now();
        let whole = now + self.patience.whole;
        let until = self.until.unwrap_or(whole);
        if until <= now {
            return Err(RegistryError::OutOfTime { url: shown(url) });
        }
        let answer = timeout_at(whole.min(until).into(), self.ask_patiently(url, question)).await;
        answer.unwrap_or_else(|_| {
            Err(if until < whole {
                RegistryError::OutOfTime { url: shown(url) }
            } else {
                Trouble::too_slow().at(url)
            })
        })
    }

    async fn ask_patiently(&self, url: &str, question: &Question<'_>) -> Result<Answer, RegistryError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let begun = Instant::now();
            let trouble = match self.attempt(url, question).await {
                Ok(answer) => return Ok(answer),
                Err(trouble) => trouble,
            };
            let error = trouble.at(url);
            debug!(error = error.in_one_line(), took = ?begun.elapsed(), "no answer of use");
            let pause = self.patience.pause_after(attempts);
            match pause.filter(|_| trouble.may_pass()) {
                Some(pause) => tokio::time::sleep(pause).await,
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
        let token = token.map(|token| {
            let mut value = HeaderValue::from_str(token.as_deref().expose())?;
            // Whatever shows headers leaves this one out.
            value.set_sensitive(true);
            Ok(value)
        });
        let token = token
            .transpose()
            .map_err(|error: InvalidHeaderValue| Trouble::useless(Arc::new(error)))?;
        let begun = Instant::now();
        let mut way = Way::from(url)?;
        let mut response = loop {
            let mut request = client.get(way.place.clone());
            if let Some(etag) = etag {
                request = request.header(IF_NONE_MATCH, etag);
            }
            if let Some(token) = token.as_ref().filter(|_| way.is_at_home) {
                request = request.header(AUTHORIZATION, token);
            }
            let response = request.send().await.map_err(Trouble::of)?;
            if !way.goes_on(&response)? {
                break response;
            }
        };
        let status = response.status();
        debug!(url = shown(url), status = status.as_u16(), took = ?begun.elapsed(), "asked a registry");
        match status {
            StatusCode::OK => {
                let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
                let etag = etag.map(str::to_owned);
                let mut body = Vec::new();
                let mut pace = self.patience.pace();
                while let Some(piece) = pace.next(&mut response).await? {
                    let piece = piece.as_ref();
                    if (body.len() + piece.len()) as u64 > limit {
                        let cause = format!("its answer is longer than {limit} bytes");
                        return Err(Trouble::useless(Arc::from(Box::from(cause))));
                    }
                    body.extend_from_slice(piece);
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

/// An address as it is shown: without the name and the password that may stand before its host, and not all of a long one.
pub(super) fn shown(url: &str) -> String {
    let Ok(mut address) = Url::parse(url) else {
        return shortened(url).into_owned();
    };
    // What cannot have a user has none.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    shortened(address.as_str()).into_owned()
}

#[cfg(test)]
mod tests;
