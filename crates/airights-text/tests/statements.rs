//! What texts say about licenses, in many wordings: names, versions, choices, parts, tags, and what only mentions one.

use airights_text::{Part, read};

const UNKNOWN: &str = "LicenseRef-airights-unclassified";

#[track_caller]
fn says(rows: &[(&str, Option<&str>)]) {
    for (text, expected) in rows {
        assert_eq!(read(text).base_expression(), *expected, "{text}");
    }
}

fn published(id: &str) -> &'static str {
    let texts = spdx::text::LICENSE_TEXTS.iter().chain(spdx::text::EXCEPTION_TEXTS);
    texts
        .into_iter()
        .find(|(name, _)| *name == id)
        .map_or("", |found| found.1)
}

#[test]
fn gnu_licenses_are_named_by_family_version_and_reach() {
    says(&[
        (
            "Covered by the GNU General Public License, version 3.",
            Some("GPL-3.0-only"),
        ),
        ("Under the GNU GPL v2 or later.", Some("GPL-2.0-or-later")),
        ("License: GPLv3+", Some("GPL-3.0-or-later")),
        (
            "Released under version 2.1 of the GNU Lesser General Public License",
            Some("LGPL-2.1-only"),
        ),
        (
            "This library is under the Lesser GNU General Public License, either version 3 or any newer version.",
            Some("LGPL-3.0-or-later"),
        ),
        (
            "The example library is free software under the terms of the GNU General Public License as published by the \
             Free Software Foundation; either version 2 of the License, or (at your option) any later version.",
            Some("GPL-2.0-or-later"),
        ),
        (
            "You may use it under the GNU Affero General Public License (version 3 or above).",
            Some("AGPL-3.0-or-later"),
        ),
        (
            "GNU General Public License version 2 or 3",
            Some("GPL-2.0-only OR GPL-3.0-only"),
        ),
        ("It comes under the GNU GPL.", Some("GPL-1.0-or-later")),
        ("GNU General Public License version 2 (GPLv2)", Some("GPL-2.0-only")),
    ]);
}

#[test]
fn a_header_is_under_the_license_that_it_names() {
    let header = |name: &str| {
        format!(
            "Licensed under the {name} (the \"License\"); you may not use this file except in compliance with the \
             License. Unless required by applicable law or agreed to in writing, software distributed under the License \
             is distributed on an \"AS IS\" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or \
             implied. See the License for the specific language governing permissions and limitations under the License."
        )
    };
    for (name, expected) in [
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Business Source License 1.1", "BUSL-1.1"),
        ("Elastic License 2.0", "Elastic-2.0"),
        ("EUPL, Version 1.2", "EUPL-1.2"),
        ("MIT License", "MIT"),
        ("Mozilla Public License, Version 2.0", "MPL-2.0"),
        ("Common Development and Distribution License 1.0", "CDDL-1.0"),
        ("Example Works Evaluation License 7", UNKNOWN),
        ("Apache License, Version 9.0", UNKNOWN),
    ] {
        assert_eq!(read(&header(name)).base_expression(), Some(expected), "{name}");
    }
    // What stands before it in a program names nothing.
    let program = format!(
        "<?php\n\n/**\n * $Id: example.php 7 $\n *\n * {}",
        header("Example Works Public License 1.1")
    );
    says(&[(&program, Some(UNKNOWN))]);
}

#[test]
fn tags_are_parsed_as_expressions() {
    says(&[
        ("SPDX-License-Identifier: Aladdin", Some("Aladdin")),
        (
            "/* SPDX-License-Identifier: GPL-2.0+ OR MIT */",
            Some("GPL-2.0-or-later OR MIT"),
        ),
        ("// SPDX-License-Identifier: ISC AND Glide", Some("ISC AND Glide")),
        (
            "# SPDX-License-Identifier: MIT WITH AdditionRef-no-ai",
            Some("MIT WITH AdditionRef-no-ai"),
        ),
        (
            "SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note",
            Some("GPL-2.0-only WITH Linux-syscall-note"),
        ),
        ("SPDX-License-Identifier: NONE", Some(UNKNOWN)),
        ("SPDX-License-Identifier: some words", Some(UNKNOWN)),
    ]);
}

#[test]
fn choices_parts_and_elections_are_told_apart() {
    says(&[
        ("Dual-licensed under MIT and Apache-2.0.", Some("MIT OR Apache-2.0")),
        ("MIT/Apache-2.0", Some("MIT OR Apache-2.0")),
        (
            "Apache 2.0 with the LLVM exception, or MIT",
            Some("Apache-2.0 WITH LLVM-exception OR MIT"),
        ),
        (
            "- the MIT license\n- the ISC license\n- the Apache License 2.0\n\nYou may use this software under any of these \
             licenses, at your option.\n",
            Some("MIT OR ISC OR Apache-2.0"),
        ),
        (
            "You may have it under one of the following licenses:\n\n\
             1) under the terms of the Common Public License 1.0, see the file CPL.\n\n\
             2) under the terms of the GNU General Public License version 2, see the file GPL.\n\n\
             Whoever receives it has the right to choose one of the above licenses.\n",
            Some("CPL-1.0 OR GPL-2.0-only"),
        ),
        (
            "The author gives it away under the CC0 1.0 Universal license.\n\nIt is also dual-licensed under the MIT License and the \
             Apache 2.0 License. This dual license is disjunctive with the public domain dedication.\n",
            Some("CC0-1.0 OR MIT OR Apache-2.0"),
        ),
        (
            "The code is licensed under the Apache License 2.0. The manual is licensed under CC-BY-SA-4.0.",
            Some("Apache-2.0 AND CC-BY-SA-4.0"),
        ),
        (
            "The fast part is dual-licensed under BSD-3-Clause and GPL-2.0-only. Example Works elects to distribute it \
             under the BSD-3-Clause license and not under the GNU GPL.",
            Some("BSD-3-Clause"),
        ),
        (
            "This module is under the same terms as Perl itself.",
            Some("Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ),
        (
            "This file is placed in the public domain.",
            Some("LicenseRef-scancode-public-domain"),
        ),
        (
            "See https://creativecommons.org/licenses/by-nc/2.5/legalcode",
            Some("CC-BY-NC-2.5"),
        ),
    ]);
}

#[test]
fn a_mention_is_no_license() {
    says(&[
        ("It used to be under the GPL, version 2, and is no more.", None),
        ("This is not licensed under the MIT license.", None),
        ("Our terms are compatible with the Apache License 2.0.", None),
        ("A parser for Ruby, Python and PHP.", None),
        ("Copyright 2020 Massachusetts Institute of Technology", None),
        ("An interface to zlib and OpenSSL.", None),
        ("The samples are not in the public domain.", None),
        ("Its terms are similar in effect to the BSD license.", None),
        ("See http://www.boosters.example/libs/mpl for the manual.", None),
    ]);
}

#[test]
fn short_names_titles_and_addresses_belong_to_the_statement_they_stand_by() {
    let tri = |leader: &str| {
        [
            "Version: MPL 1.1/GPL 2.0/LGPL 2.1",
            "",
            "This example is subject to the Mozilla Public License Version 1.1 (the \"License\").",
            "A copy of it is at http://www.mozilla.org/MPL/.",
            "",
            "Alternatively, you may use it under the terms of either the GNU General Public License",
            "Version 2 or later (the \"GPL\"), or the GNU Lesser General Public License Version 2.1 or",
            "later (the \"LGPL\").",
        ]
        .map(|line| format!("{leader}{line}\n"))
        .concat()
    };
    for leader in ["", " * ", "// ", "   - ", "# "] {
        let expected = "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later";
        assert_eq!(read(&tri(leader)).base_expression(), Some(expected), "{leader:?}");
    }
    says(&[
        (
            "License: GPLv2\n\nThe first part.\n\nLicense: GPLv2\n\nThe second part. It may be used under the terms of the \
             GNU General Public License, version 2 or any later version.",
            Some("GPL-2.0-only AND GPL-2.0-or-later"),
        ),
        (
            "If you elect the GPL, version 2, say so. This is under either the CDDL 1.0 or the GPL, version 2.",
            Some("CDDL-1.0 OR GPL-2.0-only"),
        ),
        (
            "# Licensed under the OpenSSL license. See the file LICENSE.\n#\n# Permission to use under GPLv2 terms is granted.",
            Some("OpenSSL OR GPL-2.0-only"),
        ),
        (
            "Licensed under the OpenSSL license. The tables come with permission to use under GPLv2 terms.",
            Some("OpenSSL AND GPL-2.0-only"),
        ),
        (
            "You must choose one of the two licenses below.\n\n- The FreeType License, in `FTL.TXT`.\n\n- The GNU General \
             Public License version 2, in `GPLv2.TXT`.",
            Some("FTL OR GPL-2.0-only"),
        ),
        (
            "Oracle, as an example: licensed under the GNU General Public License, version 2 only.\n\nGPL Classpath \
             Exception: as the holder said.",
            Some("GPL-2.0-only WITH Classpath-exception-2.0"),
        ),
    ]);
}

#[test]
fn what_a_program_prints_is_read_as_its_reader_sees_it() {
    let program = "puts(\"This is free software under the terms of the GNU General Public License as published by \\n\"\n     \
                   \"the Free Software Foundation; either version 2 of the License, or \\n\"\n     \"(at your option) any later \
                   version.\\n\");\n";
    says(&[(program, Some("GPL-2.0-or-later"))]);
}

#[test]
fn an_everyday_word_is_a_license_only_where_something_is_put_under_it() {
    says(&[
        (
            "This software is licensed for use only in conjunction with Intel parts, as an example.",
            None,
        ),
        ("movw %ax,(%edx)\nmovb %al,2(%edx)\nret\n", None),
        ("The part was taken from 4.4BSD and from bsd-4.4 systems.", None),
        ("## License\n\nMIT, see the file `LICENSE`.\n", Some("MIT")),
        ("## Tools\n\nMIT, Stanford and others use it.\n", None),
        (
            "This may be used in accordance with section (3) of the GNU General Public License.",
            Some("GPL-1.0-or-later"),
        ),
        ("Under the GNU General Public License, version 2.1.", Some(UNKNOWN)),
    ]);
}

#[test]
fn texts_and_what_is_said_of_them_go_together() {
    let mit = published("MIT");
    let apache = published("Apache-2.0");
    let gpl = published("GPL-2.0-only");
    let llvm = published("LLVM-exception");
    for (text, expected) in [
        (
            format!("{mit}\n\n{apache}\n\n{llvm}"),
            "MIT AND Apache-2.0 WITH LLVM-exception",
        ),
        (
            format!("{}\n\n{}", published("CPL-1.0"), published("LZMA-exception")),
            "CPL-1.0 WITH LZMA-exception",
        ),
        (
            format!("Choose either of these licenses.\n\n{mit}\n\n{apache}"),
            "MIT OR Apache-2.0",
        ),
        (
            format!("Licensed under the GNU GPL, version 2 or any later version.\n\n{gpl}"),
            "GPL-2.0-or-later",
        ),
        (
            format!(
                "Licensed under either of Apache-2.0 or MIT, except for src/tables.rs, which is BSD-3-Clause.\n\n{}",
                published("BSD-3-Clause")
            ),
            "(Apache-2.0 OR MIT) AND BSD-3-Clause",
        ),
    ] {
        assert_eq!(read(&text).base_expression(), Some(expected), "{}", &text[..90]);
    }
}

#[test]
fn an_alternative_between_the_terms_of_a_text_and_its_disclaimer_is_a_choice() {
    let text = published("BSD-3-Clause");
    let disclaimer = text.find("THIS SOFTWARE IS PROVIDED").expect("the disclaimer");
    let dual = format!(
        "{}Alternatively, this software may be distributed under the terms of the GNU General Public License (\"GPL\") \
         version 2 as published by the Free Software Foundation.\n\n{}",
        &text[..disclaimer],
        &text[disclaimer..]
    );
    let reading = read(&dual);
    assert_eq!(reading.base_expression(), Some("BSD-3-Clause OR GPL-2.0-only"));
    assert!(!reading.is_modified(), "{:?}", reading.matches);
}

#[test]
fn the_terms_of_perl_are_one_choice_with_both_texts_beside_it() {
    let text = format!(
        "This is free software; you can use it under the same terms as Perl 5 itself.\n\n\
         --- The GNU General Public License, Version 1, February 1989 ---\n\n{}\n\n\
         --- The Artistic License 1.0 ---\n\n{}\n",
        published("GPL-1.0"),
        published("Artistic-1.0")
    );
    says(&[(&text, Some("Artistic-1.0-Perl OR GPL-1.0-or-later"))]);
}

#[test]
fn words_that_a_sentence_of_a_license_goes_on_with_are_no_title() {
    for (id, place, words) in [
        (
            "gnu-javamail-exception",
            "with other files to produce",
            "with other files\nof the same shop\nto produce",
        ),
        (
            "MIT",
            "free of charge, to any",
            "free of charge,\nin the schools of Example Town,\nto any",
        ),
        ("Zlib", "for any purpose,", "for any purpose,\nfrom nine to five,\n"),
    ] {
        let narrower = published(id).replace(place, words);
        assert_ne!(narrower, published(id));
        let reading = read(&narrower);
        assert!(reading.is_modified(), "{narrower}\n{:?}", reading.matches);
        assert_eq!(reading.expression(), None, "{narrower}");
    }
}

#[test]
fn nothing_is_harmless_for_not_being_understood() {
    let mit = published("MIT").trim_end();
    for words in [
        "Die Verwendung zu gewerblichen Zwecken ist nicht gestattet.",
        "Toute utilisation commerciale est interdite.",
        "本项目不得用于培训或商业目的。",
        "Этот код нельзя продавать.",
        "Dit werk is alleen voor leden.",
        "Revocable at any moment.",
        "The rights above lapse at the end of next year.",
        "Schools are outside the scope of this grant.",
        "Disclosure restricted by the terms of its maker.",
    ] {
        let inside = mit.replace("THE SOFTWARE IS", &format!("{words}\n\nTHE SOFTWARE IS"));
        for text in [format!("{mit}\n\n{words}\n"), format!("{words}\n\n{mit}\n"), inside] {
            let reading = read(&text);
            let is_told = reading.residue.iter().any(|residue| residue.operative) || !reading.clauses.is_empty();
            assert!(reading.is_modified() && is_told, "{text}");
        }
    }
}

/// What licenses ask for anyway, and what is said of a part, is read and changes no license beside it.
#[test]
fn duties_that_licenses_have_anyway_change_nothing() {
    let mit = published("MIT").trim_end();
    for (words, expression) in [
        ("Redistributions must include all license notices, old and new.", "MIT"),
        ("Copies must retain all inherited copyright notices.", "MIT"),
        ("Some of the tools are under the GPL only.", "MIT AND GPL-1.0-or-later"),
    ] {
        let reading = read(&format!("{mit}\n\n{words}\n"));
        assert_eq!(reading.expression(), Some(expression), "{words}: {:?}", reading.residue);
        assert!(reading.residue.iter().all(|residue| !residue.operative), "{words}");
    }
    for words in [
        "Copies must include all notices of our sponsors.",
        "Some of the tools are under the contract that you must sign only.",
    ] {
        assert!(read(&format!("{mit}\n\n{words}\n")).is_modified(), "{words}");
    }
}

#[test]
fn what_is_said_of_a_part_is_told_with_the_part() {
    let part_of = |text: &str| -> Vec<(String, Part)> {
        let reading = read(text);
        let named = reading.named.into_iter();
        named.map(|named| (named.licenses, named.part)).collect()
    };
    let text = "The code is licensed under the Apache License, Version 2.0.\n\n\
        Documentation is licensed under CC-BY-4.0. The files in `tests/` are under GPL-2.0-only.\n\n\
        The logo and icons are distributed under the CC-BY-SA-4.0 license.\n";
    let expected = [
        ("Apache-2.0", Part::Whole),
        ("CC-BY-4.0", Part::Documentation),
        ("GPL-2.0-only", Part::Tests),
        ("CC-BY-SA-4.0", Part::Media),
    ];
    let expected: Vec<_> = expected.map(|(id, part)| (id.to_owned(), part)).into();
    assert_eq!(part_of(text), expected);
    // What is said of all is said of all.
    for text in [
        "The documentation and the source code are licensed under the MIT license.",
        "Licensed under the MIT license, documentation included.",
        "Documentation and tests are licensed under the MIT license.",
    ] {
        assert_eq!(part_of(text), [("MIT".to_owned(), Part::Whole)], "{text}");
    }
}

#[test]
fn what_contributors_grant_is_not_what_the_project_grants() {
    let text = format!(
        "Example as a whole is available under the MIT license:\n\n{}\n\nAs a contributor, you agree that your code can \
         be used under either the MIT license or the Apache-2.0 license:\n\n{}",
        published("MIT"),
        published("Apache-2.0")
    );
    says(&[
        (&text, Some("MIT")),
        (
            "Licensed under the ISC license. By contributing you agree to license your work under Apache-2.0.",
            Some("ISC"),
        ),
        // Where nothing else is said, it is the license.
        (
            "By contributing, you agree that your work is licensed under the MIT license.",
            Some("MIT"),
        ),
        // What is said of the project is, whoever is spoken to.
        (
            "Licensed under the MIT license. This project and your contributions to it are licensed under the Apache-2.0 \
             license.",
            Some("MIT AND Apache-2.0"),
        ),
        // A duty is never lost by it.
        (
            "Licensed under the MIT license. By contributing you agree to license your work under GPL-3.0-only.",
            Some("MIT AND GPL-3.0-only"),
        ),
        // What others wrote and the project ships is no matter of contributing.
        (
            "Licensed under the MIT license. Code contributed by Example Works is licensed under GPL-2.0-only.",
            Some("MIT AND GPL-2.0-only"),
        ),
    ]);
}
