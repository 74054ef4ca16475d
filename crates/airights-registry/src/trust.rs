//! Whose certificates are believed: those of the system, or of the file that `http.cainfo` names, as with cargo.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use airights_store::{most, read};
use reqwest::Certificate;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::{CargoConfig, RegistryError};

/// The certificates at the root of all trust, where a file takes the place of those of the system.
///
/// # Errors
///
/// [`RegistryError::Configuration`] where the file cannot be read, or holds none.
pub(super) fn root_certificates(config: &CargoConfig) -> Result<Option<Vec<Certificate>>, RegistryError> {
    let Some(file) = config.text(&["http", "cainfo"]) else {
        return Ok(None);
    };
    let unusable = |cause: Box<dyn Error + Send + Sync>| RegistryError::Configuration {
        reason: format!("`http.cainfo` is `{file}`, which cannot be used"),
        cause: Some(Arc::from(cause)),
    };
    let pem = read(Path::new(file), most::TEXT).map_err(|error| unusable(error.into()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let found = found.map_err(|error| unusable(error.into()))?;
    // One that is none is passed over, as with cargo: bundles of companies often have one.
    let is_one = |certificate: &CertificateDer<'_>| RootCertStore::empty().add(certificate.clone()).is_ok();
    let readable = found.iter().filter(|certificate| is_one(certificate));
    let certificates: Vec<Certificate> = readable
        .filter_map(|certificate| Certificate::from_der(certificate).ok())
        .collect();
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate".into()));
    }
    Ok(Some(certificates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_cargo_is_told_of_takes_the_place_of_the_systems() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("ca.pem");
        let of_file = format!("[http]\ncainfo = '{}'", file.display());
        let found = |text: &str| root_certificates(&CargoConfig::parse(text, &[]).unwrap());
        assert!(matches!(found(""), Ok(None)));
        assert!(found(&of_file).unwrap_err().to_string().contains("`http.cainfo` is"));
        std::fs::write(&file, "no certificate").unwrap();
        assert!(
            found(&of_file)
                .unwrap_err()
                .in_one_line()
                .contains("holds no certificate")
        );
        let none = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&file, none).unwrap();
        assert!(
            found(&of_file)
                .unwrap_err()
                .in_one_line()
                .contains("holds no certificate")
        );
        // One that cannot be read takes none of the others along.
        std::fs::write(&file, format!("# two\n{none}{ONE}")).unwrap();
        assert!(matches!(found(&of_file), Ok(Some(certificates)) if certificates.len() == 1));
    }

    /// Of nobody: made for this test, and its key thrown away.
    const ONE: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBgTCCASegAwIBAgIUaFdTayh6HYb1t+8/xdgHraw0XwMwCgYIKoZIzj0EAwIw\n\
FTETMBEGA1UEAwwKYW4gZXhhbXBsZTAgFw0yNjExMjkxMjI1MDBaGA8yMTI2MTEw\n\
NTEyMjUwMFowFTETMBEGA1UEAwwKYW4gZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG\n\
SM49AwEHA0IABBkkSFr8crzHdtefg29KtIVRrKEWJPG8ZZLmvko2rb/Mddwpe7VK\n\
gCanLjfU5i4fnpZuRZ/m/ajDm3p5k7jyYqujUzBRMB0GA1UdDgQWBBRg5csDyIpS\n\
WTxjIX4Mjvlhp+FJZjAfBgNVHSMEGDAWgBRg5csDyIpSWTxjIX4Mjvlhp+FJZjAP\n\
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCICmeQ+1jJZJ9vJ4wXsmo\n\
ZY05xg+IKRbhJeiPaVYbTYgZAiEA5Jkoc24ptYSjrb9Zq9dVt8ROcAoDZm3vXIU0\n\
BYr7+j8=\n\
-----END CERTIFICATE-----\n\
";
}
