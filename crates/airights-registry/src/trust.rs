//! Whose certificates are believed: those of the system, or of the file that `http.cainfo` names, as with cargo.

use reqwest::Certificate;

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
    let unusable = |reason: &str| RegistryError::Configuration(format!("`http.cainfo` is `{file}`: {reason}"));
    let pem = std::fs::read(file).map_err(|error| unusable(&error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(&error.to_string()))?;
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
        let one = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&file, format!("# two\n{one}{one}")).unwrap();
        assert!(matches!(found(&of_file), Ok(Some(certificates)) if certificates.len() == 2));
    }
}
