//! How cargo's configuration says to connect.

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder, Proxy};

use super::patience::Patience;
use crate::error::Cause;
use crate::trust::root_certificates;
use crate::{CargoConfig, RegistryError};

/// How cargo's configuration says to connect.
pub(super) struct Settings {
    pub(super) patience: Patience,
    proxy: Option<Proxy>,
    certificates: Option<Vec<Certificate>>,
}

impl Settings {
    pub(super) fn of(config: &CargoConfig) -> Result<Self, RegistryError> {
        let address = config.text(&["http", "proxy"]).filter(|proxy| !proxy.is_empty());
        Ok(Self {
            patience: Patience::of(config),
            proxy: address.map(proxy).transpose()?,
            certificates: root_certificates(config)?,
        })
    }

    /// Redirections are followed by [`Way`](super::way::Way), which knows how far a token goes along.
    pub(super) fn builder(&self) -> ClientBuilder {
        let mut builder = reqwest::Client::builder()
            .user_agent(user_agent())
            .redirect(Policy::none())
            .connect_timeout(self.patience.connect)
            .read_timeout(self.patience.respond)
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
