//! Whose certificates are believed: those of the system, or of the file that `http.cainfo` names, as with cargo.

use reqwest::Certificate;
use rustls::crypto::ring;

use super::{CargoConfig, RegistryError};

/// Chooses how this process encrypts, which has to be done before anything is connected. The first to choose chooses for
/// the process; whoever comes second chooses the same.
pub(super) fn choose_cryptography() {
    let _ = ring::default_provider().install_default();
}

/// The certificates at the root of all trust, where a file takes the place of those of the system.
///
/// # Errors
///
/// [`RegistryError::Configuration`] where the file cannot be read, or holds none.
pub(super) fn root_certificates(config: &CargoConfig) -> Result<Option<Vec<Certificate>>, RegistryError> {
    let Some(file) = config.text(&["http", "cainfo"]) else {
        return Ok(None);
    };
    let unusable = |reason: &str| RegistryError::Configuration(format!("`http.cainfo` is `{file}`: {reason}"));
    let pem = std::fs::read(file).map_err(|error| unusable(&error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(&error.to_string()))?;
    choose_cryptography();
    // One that is none is passed over, as with cargo: bundles of companies often have one.
    let is_one = |certificate: &Certificate| {
        let alone = reqwest::Client::builder().tls_certs_only([certificate.clone()]);
        alone.build().is_ok()
    };
    let certificates: Vec<Certificate> = certificates.into_iter().filter(is_one).collect();
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate"));
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
                .to_string()
                .contains("holds no certificate")
        );
        let none = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&file, none).unwrap();
        assert!(
            found(&of_file)
                .unwrap_err()
                .to_string()
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
