//! Texts that others wrote: the examples of the specifications, parts of a whole, and what is broken.

use airights::UseValue;
use airights::declaration::{AiTerms, TermsAt};
use airights_vocabularies::Vocabulary::{self, AiTxt, Aipref, Cawg, CcSignals, ContentSignals};
use airights_vocabularies::Vocabulary::{CycloneDx, Rsl, Spdx3, TdmRep};

/// What terms say: `train-ai=conditional(credit) search=allowed at=https://… ask=…`.
fn told(terms: &AiTerms) -> String {
    let mut told: Vec<String> = Vec::new();
    for (ai_use, said) in &terms.uses {
        let conditions: Vec<_> = said.conditions.iter().map(|condition| condition.as_str()).collect();
        let conditions = match conditions.join(",") {
            conditions if conditions.is_empty() => conditions,
            conditions => format!("({conditions})"),
        };
        told.push(format!("{ai_use}={}{conditions}", said.value));
    }
    if terms.search != UseValue::Unknown {
        told.push(format!("search={}", terms.search));
    }
    told.extend(
        terms
            .terms
            .as_ref()
            .map(|terms| format!("at={}", TermsAt::as_str(terms))),
    );
    told.extend(terms.contact.as_ref().map(|contact| format!("ask={contact}")));
    told.join(" ")
}

fn check(cases: &[(Vocabulary, &str, &str)]) {
    for (vocabulary, text, expected) in cases {
        let read = vocabulary.read(text).map(|terms| told(&terms));
        assert_eq!(read.as_deref(), Ok(*expected), "{vocabulary}:\n{text}");
    }
}

#[test]
fn lines_of_robots_txt() {
    check(&[
        // draft-ietf-aipref-attach-05.
        (
            Aipref,
            "User-Agent: *\nAllow: /\nContent-Usage: train-ai=n\n",
            "train-ai=disallowed",
        ),
        (
            Aipref,
            "HTTP/1.1 200 OK\nContent-Usage: train-ai=y, search=n\n",
            "train-ai=allowed search=disallowed",
        ),
        (
            CcSignals,
            "Content-Usage: ai-use=n;exceptions=cc-cr",
            "ai-input=conditional(credit)",
        ),
        // What one crawler may, or one folder, is not permitted to all; what is refused there counts.
        (Aipref, "User-agent: x\nContent-Usage: train-ai=y\n", ""),
        (
            Aipref,
            "User-agent: x\nContent-Usage: train-ai=n\n",
            "train-ai=disallowed",
        ),
        (
            Aipref,
            "Content-Usage: /docs/ train-ai=y, search=y\nContent-Usage: / search=n",
            "search=disallowed",
        ),
        (
            Aipref,
            "content-usage : train-ai=n # really\nContent-Usage: train-ai=y",
            "train-ai=disallowed",
        ),
        (Aipref, "Sitemap: https://example.org/sitemap.xml", ""),
        // contentsignals.org.
        (
            ContentSignals,
            "User-Agent: *\nContent-Signal: ai-train=no, search=yes, ai-input=yes\nAllow: /\n",
            "train-ai=disallowed ai-input=allowed search=allowed",
        ),
        (ContentSignals, "Content-Signal: ai-train=maybe, use=full, search", ""),
        (
            ContentSignals,
            "User-Agent: x\nContent-Signal: ai-train=yes, ai-input=no",
            "ai-input=disallowed",
        ),
        // Spawning's generator, and a part of its files.
        (
            AiTxt,
            "# Spawning AI\nUser-Agent: *\nDisallow: /\nDisallow: *\n",
            "train-ai=disallowed",
        ),
        (
            AiTxt,
            "# Spawning AI\nUser-Agent: *\nDisallow: *.png\nAllow: /\n",
            "train-ai=disallowed",
        ),
        (AiTxt, "# Spawning AI\nUser-Agent: *\nAllow: *.rs\n", ""),
        (AiTxt, "# spawning ai\nUser-Agent: *\nAllow: *\n", "train-ai=allowed"),
    ]);
}

#[test]
fn reservations() {
    check(&[
        (TdmRep, "[]", ""),
        (
            TdmRep,
            r#"[{"location": "/", "tdm-reservation": 1}]"#,
            "train-ai=disallowed ai-input=disallowed search=disallowed",
        ),
        // The example of three groups of files in the protocol.
        (
            TdmRep,
            r#"[{"location": "/directory-a/", "tdm-reservation": 1},
                {"location": "/directory-b/html/", "tdm-reservation": 1, "tdm-policy": "https://provider.com/policy.json"},
                {"location": "/directory-b/images/*.jpg", "tdm-reservation": 0}]"#,
            "train-ai=disallowed ai-input=disallowed search=disallowed at=https://provider.com/policy.json",
        ),
        (TdmRep, r#"[{"location": "/images/", "tdm-reservation": 0}]"#, ""),
        (
            TdmRep,
            r#"[{"location": "/", "tdm-reservation": 0}]"#,
            "train-ai=allowed ai-input=allowed",
        ),
        (
            TdmRep,
            r#"[{"location": "/", "tdm-reservation": 2}, {"tdm-reservation": "1"}]"#,
            "",
        ),
    ]);
}

/// A document of RSL with these contents.
fn rsl(contents: &str) -> String {
    format!("<?xml version='1.0'?><rsl xmlns='https://rslstandard.org/rsl'>{contents}</rsl>")
}

#[test]
fn licenses_of_rsl() {
    let cases = [
        (
            "<permits type='usage'>search ai-input</permits>",
            "ai-input=allowed search=allowed",
        ),
        (
            "<prohibits type='usage'>ai-all</prohibits>",
            "train-ai=disallowed ai-input=disallowed",
        ),
        // A wide word permits nothing that it does not name.
        ("<permits type='usage'>all</permits>", ""),
        (
            "<prohibits type='usage'>all</prohibits><permits type='usage'>ai-train</permits>",
            "train-ai=disallowed ai-input=disallowed search=disallowed",
        ),
        (
            "<permits type='usage'>ai-<!-- x -->train</permits><payment type='crawl'><amount currency='USD'>1</amount></payment>",
            "train-ai=conditional(direct-contribution)",
        ),
        (
            "<permits type='usage'>ai-train</permits><permits type='geo'>EU</permits>",
            "train-ai=conditional(other)",
        ),
        (
            "<permits type='usage'>ai-train</permits><prohibits type='user'>commercial</prohibits>",
            "train-ai=conditional(non-commercial)",
        ),
        (
            "<permits type='usage'>ai-train</permits><legal type='contact'>https://example.org/ask</legal>",
            "train-ai=allowed ask=https://example.org/ask",
        ),
    ];
    for (license, expected) in cases {
        let text = rsl(&format!("<content url='/'><license>{license}</license></content>"));
        check(&[(Rsl, text.as_str(), expected)]);
    }
    let permits = "<license><permits type='usage'>ai-train</permits></license>";
    let contents = [
        (format!("<content url='/docs/'>{permits}</content>"), ""),
        (
            format!("<content url='/' server='https://example.org'>{permits}</content>"),
            "train-ai=conditional(consent)",
        ),
        (
            format!("<content url='https://example.org/a'>{permits}<terms> https://example.org/t\n</terms></content>"),
            "train-ai=allowed at=https://example.org/t",
        ),
        (
            format!("<content url='https://example.org/a'>{permits}</content><content url='https://example.org/b'/>"),
            "",
        ),
        ("<content url='/'/>".to_owned(), ""),
    ];
    for (content, expected) in contents {
        check(&[(Rsl, rsl(&content).as_str(), expected)]);
    }
}

#[test]
fn assertions() {
    check(&[
        // The example of the specification, and the labels of C2PA 1.x.
        (
            Cawg,
            r#"{"entries": {"cawg.ai_training": {"use": "allowed"}, "cawg.ai_generative_training": {"use": "notAllowed"},
                "cawg.data_mining": {"use": "constrained", "constraint_info": "may only be mined on days whose names end in 'y'"}}}"#,
            "train-ai=disallowed",
        ),
        (
            Cawg,
            r#"{"entries": {"c2pa.ai_inference": {"use": "notAllowed"}}}"#,
            "ai-input=disallowed",
        ),
        // Half of what training is may be refused, but not permitted.
        (
            Cawg,
            r#"{"entries": {"cawg.ai_generative_training": {"use": "allowed"}}}"#,
            "",
        ),
        (
            Cawg,
            r#"{"entries": {"cawg.ai_inference": {"use": "constrained", "constraint_info": "https://example.org/t"}}}"#,
            "ai-input=conditional(other)",
        ),
        (
            Cawg,
            r#"{"entries": {"cawg.ai_inference": {"use": "constrained"}}}"#,
            "ai-input=conditional(other)",
        ),
    ]);
}

#[test]
fn bills_of_material() {
    check(&[
        (
            CycloneDx,
            r#"{"bomFormat": "CycloneDX", "metadata": {"component": {"properties": [
                {"name": "cargo-airights:ai:train-ai", "value": "allowed"},
                {"name": "cargo-airights:ai:train-ai", "value": "disallowed"},
                {"name": "cargo-airights:ai:ai-input:condition", "value": "credit"},
                {"name": "other:ai:ai-input", "value": "allowed"}]}}}"#,
            "train-ai=disallowed ai-input=conditional(credit)",
        ),
        (
            CycloneDx,
            r#"{"bomFormat": "CycloneDX", "metadata": {"component": {}}}"#,
            "",
        ),
        (
            Spdx3,
            r#"{"@graph": [{"type": "Annotation", "statement": "Content-Usage: train-ai=n"},
                {"type": "Annotation", "statement": "reviewed"}]}"#,
            "train-ai=disallowed",
        ),
    ]);
}

#[test]
fn what_is_broken_is_an_error_and_no_permission() {
    let bomb =
        "<!DOCTYPE rsl [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rsl xmlns='https://rslstandard.org/rsl'>&b;</rsl>";
    let foreign = "<rsl xmlns='https://example.org/other'><content url='/'/></rsl>";
    for (vocabulary, text, expected) in [
        (
            Aipref,
            "Content-Usage: train-ai=y, =",
            "`Content-Usage` is not a structured field",
        ),
        (AiTxt, "User-Agent: *\nAllow: /\n", "it does not name Spawning"),
        (TdmRep, "{}", "it is not a JSON list of objects"),
        (TdmRep, "[1]", "it is not a JSON list of objects"),
        (Rsl, "<rsl", "it is not XML"),
        (Rsl, bomb, "it is not XML"),
        (Rsl, foreign, "it has no `content` of `https://rslstandard.org/rsl`"),
        (Cawg, "[]", "it has no `entries`"),
        (
            Cawg,
            r#"{"entries": {"cawg.ai_inference": {"use": "maybe"}}}"#,
            "`cawg.ai_inference` has no `use` that is known",
        ),
        (Spdx3, "{}", "it has no `@graph`"),
        (
            CycloneDx,
            r#"{"bomFormat": "CycloneDX"}"#,
            "it is not a CycloneDX bill of one component",
        ),
        (
            CycloneDx,
            r#"{"metadata": {"component": {}}}"#,
            "it is not a CycloneDX bill of one component",
        ),
        (
            CycloneDx,
            r#"{"bomFormat": "CycloneDX", "metadata": {"component": {"properties": [{"name": "cargo-airights:ai:search"}]}}}"#,
            "`cargo-airights:ai:search` has a value that is not known",
        ),
    ] {
        match vocabulary.read(text) {
            Ok(terms) => panic!("{vocabulary}: {text} was read as {}", told(&terms)),
            Err(error) => assert!(error.to_string().starts_with(expected), "{vocabulary}: {error}"),
        }
    }
}
