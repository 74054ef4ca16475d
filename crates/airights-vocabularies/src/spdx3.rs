//! SPDX 3.0.1 as JSON-LD: elements for the `@graph` of a document, whose creation info they refer to.
//!
//! SPDX has no property for AI permissions. What is part of the license stands in its expression, with the texts of its
//! `LicenseRef-…` and `AdditionRef-…`; a declaration beside it is a preference and must not be made to look like the
//! license. So it stands as an `Annotation` with the `Content-Usage` field, which people and other tools understand as far
//! as it goes, and word for word in the extension that SPDX has for properties of `CycloneDX`.

use airights::declaration::AiTerms;
use airights_safe::json;
use serde_json::{Value, json};

use super::gathered::Gathered;
use super::{Subject, Unreadable, Vocabulary, aipref, properties};

const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";

/// The creation info of the document that the elements are put into.
const CREATION_INFO: &str = "_:creationinfo";

/// The elements, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms, subject: &Subject<'_>) -> String {
    let namespace = match subject.address() {
        Some(url) => url.to_owned(),
        None => format!("https://spdx.org/spdxdocs/{}-{}", subject.name, subject.version),
    };
    let id = |name: &str| format!("{namespace}#spdx-{name}");
    let properties: Vec<Value> = properties::write(kept)
        .into_iter()
        .map(|(name, value)| {
            json!({
                "type": "extension_CdxPropertyEntry",
                "extension_cdxPropName": name,
                "extension_cdxPropValue": value,
            })
        })
        .collect();
    let mut graph = vec![json!({
        "type": "software_Package",
        "spdxId": id("package"),
        "creationInfo": CREATION_INFO,
        "name": subject.name,
        "software_packageVersion": subject.version,
        "software_packageUrl": subject.package_url(),
        "extension": [{"type": "extension_CdxPropertiesExtension", "extension_cdxProperty": properties}],
    })];
    let field = aipref::field(&Vocabulary::CcSignals.kept(kept));
    if !field.is_empty() {
        graph.push(json!({
            "type": "Annotation",
            "spdxId": id("content-usage"),
            "creationInfo": CREATION_INFO,
            "annotationType": "other",
            "subject": id("package"),
            "contentType": "text/plain",
            "statement": aipref::line(&field),
        }));
    }
    if let Some(license) = subject.license {
        graph.extend(license_elements(license, subject, &id));
    }
    json::to_string(&json!({"@context": CONTEXT, "@graph": graph}))
}

/// The expression, the texts behind its ids, and that it is the one the package declares.
fn license_elements(license: &str, subject: &Subject<'_>, id: &dyn Fn(&str) -> String) -> Vec<Value> {
    let mut expression = json!({
        "type": "simplelicensing_LicenseExpression",
        "spdxId": id("license"),
        "creationInfo": CREATION_INFO,
        "simplelicensing_licenseExpression": license,
    });
    let customs = subject.custom_terms();
    let texts = customs.iter().map(|custom| {
        let (kind, key) = if custom.id.starts_with("AdditionRef-") {
            (
                "expandedlicensing_CustomLicenseAddition",
                "expandedlicensing_additionText",
            )
        } else {
            ("simplelicensing_SimpleLicensingText", "simplelicensing_licenseText")
        };
        let mut element = json!({
            "type": kind,
            "spdxId": id(custom.id),
            "creationInfo": CREATION_INFO,
            "name": custom.id,
        });
        element[key] = json!(custom.text);
        element
    });
    let texts: Vec<Value> = texts.collect();
    if !customs.is_empty() {
        let ids = customs.iter();
        let ids = ids.map(|custom| json!({"type": "DictionaryEntry", "key": custom.id, "value": id(custom.id)}));
        expression["simplelicensing_customIdToUri"] = ids.collect();
    }
    let declared = json!({
        "type": "Relationship",
        "spdxId": id("declared-license"),
        "creationInfo": CREATION_INFO,
        "relationshipType": "hasDeclaredLicense",
        "from": id("package"),
        "to": [id("license")],
    });
    [vec![expression], texts, vec![declared]].concat()
}

/// Reads the properties of the packages, or the `Content-Usage` of annotations where there are none.
///
/// # Errors
///
/// If it is not JSON-LD with a `@graph`, or what is ours in it cannot be read.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    let document: Value =
        serde_json::from_str(text).map_err(|error| Unreadable::because(format!("it is not JSON: {error}")))?;
    let Some(graph) = document.get("@graph").and_then(Value::as_array) else {
        return Err(Unreadable::because("it has no `@graph` of SPDX elements"));
    };
    let listed = |value: &'_ Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let extensions = graph.iter().flat_map(|element| listed(element, "extension"));
    let entries: Vec<Value> = extensions
        .flat_map(|extension| listed(&extension, "extension_cdxProperty"))
        .collect();
    let entries = entries.iter().filter_map(|entry| {
        let of = |key: &str| entry.get(key).and_then(Value::as_str);
        Some((
            of("extension_cdxPropName")?,
            of("extension_cdxPropValue").unwrap_or_default(),
        ))
    });
    let gathered = properties::read(entries)?;
    if gathered.terms != AiTerms::default() {
        return Ok(gathered);
    }
    let annotations = graph
        .iter()
        .filter(|element| element.get("type") == Some(&json!("Annotation")));
    let statements = annotations.filter_map(|annotation| annotation.get("statement").and_then(Value::as_str));
    aipref::read(&statements.collect::<Vec<_>>().join("\n"))
}
