//! A bill of materials of `CycloneDX` 1.7, whose component carries the terms as properties: it has no field for them.

use airights::declaration::AiTerms;
use airights_safe::json;
use serde_json::{Value, json};

use super::gathered::Gathered;
use super::{Subject, Unreadable, properties};

/// The bill, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms, subject: &Subject<'_>) -> String {
    let properties: Vec<Value> = properties::write(kept)
        .into_iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let mut component = json!({
        "type": "library",
        "name": subject.name,
        "version": subject.version,
        "purl": subject.package_url(),
        "properties": properties,
    });
    if let Some(license) = subject.license {
        component["licenses"] = json!([licenses(license, subject)]);
    }
    let bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.7",
        "version": 1,
        "metadata": {"component": component},
    });
    json::to_string(&bill)
}

fn licenses(license: &str, subject: &Subject<'_>) -> Value {
    let details: Vec<Value> = subject
        .custom_terms()
        .into_iter()
        .map(|custom| {
            let text = json!({"contentType": "text/plain", "content": custom.text});
            json!({"licenseIdentifier": custom.term, "text": text})
        })
        .collect();
    let mut choice = json!({"expression": license, "acknowledgement": "declared"});
    if !details.is_empty() {
        choice["expressionDetails"] = json!(details);
    }
    choice
}

/// Reads the properties of the component that a bill is of.
///
/// # Errors
///
/// If it is no bill of one component, or a property of ours has a value that is not known.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    let bill: Value =
        serde_json::from_str(text).map_err(|error| Unreadable::because(format!("it is not JSON: {error}")))?;
    let component = bill.pointer("/metadata/component");
    let Some(component) = component.filter(|_| bill.get("bomFormat") == Some(&json!("CycloneDX"))) else {
        return Err(Unreadable::because("it is not a CycloneDX bill of one component"));
    };
    let properties = component.get("properties").and_then(Value::as_array);
    let properties = properties.into_iter().flatten().filter_map(|property| {
        let of = |key: &str| property.get(key).and_then(Value::as_str);
        Some((of("name")?, of("value").unwrap_or_default()))
    });
    properties::read(properties)
}
