//! Whose certificates are believed: those of the system, or of the file that `http.cainfo` names, as with cargo.

use ureq::tls::{PemItem, RootCerts, parse_pem};

use super::{CargoConfig, RegistryError};

/// The certificates at the root of all trust. A file takes the place of those of the system.
///
/// # Errors
///
/// [`RegistryError::Configuration`] where the file cannot be read, or holds none.
pub(super) fn root_certificates(config: &CargoConfig) -> Result<RootCerts, RegistryError> {
    let Some(file) = config.text(&["http", "cainfo"]) else {
        return Ok(RootCerts::PlatformVerifier);
    };
    let unusable = |reason: &str| RegistryError::Configuration(format!("`http.cainfo` is `{file}`: {reason}"));
    let pem = std::fs::read(file).map_err(|error| unusable(&error.to_string()))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(unusable(&error.to_string())),
        }
    }
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate"));
    }
    Ok(RootCerts::from(certificates))
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
        assert!(matches!(found(""), Ok(RootCerts::PlatformVerifier)));
        assert!(found(&of_file).unwrap_err().to_string().contains("`http.cainfo` is"));
        std::fs::write(&file, "no certificate").unwrap();
        assert!(
            found(&of_file)
                .unwrap_err()
                .to_string()
                .contains("holds no certificate")
        );
        let one = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&file, format!("# two\n{one}{one}")).unwrap();
        assert!(matches!(found(&of_file), Ok(RootCerts::Specific(certificates)) if certificates.len() == 2));
    }
}
