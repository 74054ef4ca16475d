//! Why an attempt to ask came to nothing, and whether another one may help.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use reqwest::{Error, StatusCode};

use super::shown;
use crate::RegistryError;
use crate::error::{Cause, Silence};

/// Why an attempt came to nothing.
pub(super) enum Trouble {
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
    pub(super) fn of(error: Error) -> Self {
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

    /// It came, and too slowly to be waited for.
    pub(super) fn too_slow() -> Self {
        Self::Silent {
            silence: Silence::TimedOut,
            cause: Arc::from(Box::from("it took too long")),
            may_pass: true,
        }
    }

    /// One that no further attempt would mend.
    pub(super) fn useless(cause: Cause) -> Self {
        Self::Silent {
            silence: Silence::Other,
            cause,
            may_pass: false,
        }
    }

    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Silent { may_pass, .. } => *may_pass,
            Self::Answered(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// What went wrong at an address.
    pub(super) fn at(&self, url: &str) -> RegistryError {
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
pub(super) struct NoAnswer(pub(super) Error);

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
}
