"""Terms in license texts: dressed up, beside a permissive declaration, in few words, or in another script."""

import base64
import codecs
import io
import random
import unicodedata
import zipfile
import zlib

from project import NO_TRAINING, judged, judged_on_disk, spdx_text
from registry import Crate
from rows import row, unless

COMMERCIAL = "You must not use this software commercially."
BOUGHT = "You may not copy, modify or distribute this software without a license bought from Foo Inc."


def mit_with(words, place="LICENSE", **fields):
    """A crate under MIT whose text goes on with these words."""
    return Crate("", files={place: spdx_text("MIT") + "\n" + words + "\n"}, **fields)


def with_file(name, content, **fields):
    """A crate under MIT with one more file."""
    return Crate("", files={"LICENSE": spdx_text("MIT"), name: content}, **fields)


def denied(verdicts):
    for name, level, said in verdicts:
        yield name, unless(level == "deny", said)


def mentioned(verdicts):
    for name, level, said in verdicts:
        yield name, unless(level in ("deny", "warn"), said)


@row(1, "a clause in MIT, dressed", "denied")
def dressed(bench):
    mit = spdx_text("MIT")
    whole = f"{mit}\n{NO_TRAINING}\n"
    rtf = "{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times;}}\n" + whole.replace("\n\n", "\\par\\par\n") + "}\n"
    html = "<html><body>" + "".join(f"<p>{part}</p>\n" for part in whole.split("\n\n")) + "</body></html>"
    texts = {
        "plain": whole,
        "UTF-8 with a BOM": whole.encode("utf-8-sig"),
        "UTF-16 with a BOM": whole.encode("utf-16"),
        "UTF-7": whole.replace(NO_TRAINING, NO_TRAINING.encode("utf-7").decode()),
        "no-break spaces": mit + "\n" + NO_TRAINING.replace(" ", "\u00a0"),
        "underscores": mit + "\n" + NO_TRAINING.replace(" ", "_"),
        "control characters": mit + "\n" + NO_TRAINING.replace(" ", " \u0001"),
        "an HTML comment": f"{mit}\n<!-- {NO_TRAINING} -->\n",
        "a footnote": f"{mit}\n[^1]: {NO_TRAINING}\n",
        "a definition of a link": f"{mit}\n[//]: # ({NO_TRAINING})\n",
        "comment leaders": "".join(f"// {line}\n" for line in whole.splitlines()),
        "at the start": f"{NO_TRAINING}\n\n{mit}",
        "in the middle": mit.replace("\n\n", f"\n\n{NO_TRAINING}\n\n", 2),
    }
    crates = {name: Crate("", files={"LICENSE": text}) for name, text in texts.items()}
    crates["an HTML file"] = Crate("", files={"LICENSE.html": html})
    crates["Rich Text Format"] = Crate("", files={"LICENSE.rtf": rtf})
    yield from denied(judged(bench, crates))


@row(2, "a clause in MIT with letters and words broken up", "denied")
def broken_up(bench):
    within = lambda what: "".join(f"{letter}{what}" if letter.isalpha() else letter for letter in NO_TRAINING)  # noqa: E731
    words = {
        "zero-width spaces": within("\u200b"),
        "zero-width joiners": within("\u200d"),
        "soft hyphens": within("\u00ad"),
        "some look-alikes": NO_TRAINING.translate(str.maketrans("aeo", "аео")),
        "tags within words": NO_TRAINING.replace("train", "tr<b></b>ain").replace("not", "n<i>o</i>t").replace("models", "mo<span>del</span>s"),
        "words cut at the end of a line": NO_TRAINING.replace("machine", "ma-\nchine").replace("learning", "learn-\ning"),
        "some entities": NO_TRAINING.replace("train", "tr&#97;in").replace("not", "n&#x6f;t"),
        "the title of a link": f'[more](more.html "{NO_TRAINING}")',
    }
    yield from denied(judged(bench, {name: mit_with(text) for name, text in words.items()}))


@row(3, "a clause in MIT in letters that are not ASCII, or not at once", "denied")
def other_letters(bench):
    look_alikes = dict(zip("aceopxyijsTBHKMPC", "асеорхуіјѕТВНКМРС"))
    spread = lambda start, end: lambda letter: chr(ord(start) + ord(letter) - ord(end))  # noqa: E731
    wide = lambda text: "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)  # noqa: E731
    bold = "".join(
        spread("\U0001d41a", "a")(letter) if "a" <= letter <= "z" else spread("\U0001d400", "A")(letter) if "A" <= letter <= "Z" else letter
        for letter in NO_TRAINING
    )
    words = {
        "every look-alike": "".join(look_alikes.get(letter, letter) for letter in NO_TRAINING),
        "full-width": wide(NO_TRAINING),
        "bold of mathematics": bold,
        "combining marks": "".join(letter + "\u0336" if letter.isalpha() else letter for letter in NO_TRAINING),
        "accents": unicodedata.normalize("NFC", "".join(letter + "\u0301" if letter in "aeiou" else letter for letter in NO_TRAINING)),
        "right to left": "\u202e" + NO_TRAINING[::-1] + "\u202c",
        "spaced letters": " ".join(NO_TRAINING.replace(" ", "  ")),
        "%20": NO_TRAINING.replace(" ", "%20"),
    }
    yield from denied(judged(bench, {name: mit_with(text) for name, text in words.items()}))
    # The review asks for a denial here, too. Nobody reads a cipher, so it limits nothing: that it is there is what counts.
    cipher = codecs.encode(NO_TRAINING, "rot13")
    yield from mentioned(judged(bench, {"rot13": mit_with(cipher)}))


@row(4, "terms in few words, hidden, encoded or of another language", "denied or warned of")
def few_words(bench):
    leet = NO_TRAINING.translate(str.maketrans("aeiot", "43107"))
    entities = "".join(f"&#{ord(letter)};" if letter.isalpha() else letter for letter in NO_TRAINING)
    texts = {
        "base64": base64.b64encode(NO_TRAINING.encode()).decode(),
        "the title of a link in HTML": f'<a href="x" title="{NO_TRAINING}">x</a>',
        "the text in place of a picture": f'<img src="x" alt="{NO_TRAINING}">',
        "data of a tag": f'<p data-x="{NO_TRAINING}"></p>',
        "entities for all letters": entities,
        "leetspeak": leet,
        "Finnish": "Ohjelmistoa ei saa käyttää tekoälymallien kouluttamiseen.",
        "Thai": "ห้ามใช้ซอฟต์แวร์นี้เพื่อฝึกโมเดลปัญญาประดิษฐ์",
        "Hindi": "इस सॉफ़्टवेयर का उपयोग कृत्रिम बुद्धि के मॉडल को प्रशिक्षित करने के लिए नहीं किया जा सकता।",
    }
    short = [
        "This grant ends on 1 January 2025.",
        "Revocable at any time.",
        "Trial version, valid until 2025.",
        "License: Proprietary",
        "(c) Foo, proprietary and confidential",
        "GPL code inside.",
        "Source-available.",
        "NoAI",
        "Additional terms at https://example.invalid/no-ai-training apply.",
        "No AI.",
        "Not for machine learning.",
    ]
    # The remedy of the review: a short line that is no known title is unclassified text, shown on request at least.
    for name, level, said in judged(bench, {text: mit_with(text) for text in short}):
        yield name, unless(level != "silent", said)
    crates = {name: mit_with(text) for name, text in texts.items()}
    natural = spdx_text("MIT").replace("any person", "any natural person")
    crates["“any natural person”"] = Crate("", files={"LICENSE": natural})
    yield from mentioned(judged(bench, crates))


def archive_of_a_document(text):
    """What a word processor saves."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:body><w:p><w:t>{text}</w:t></w:p></w:body></w:document>")
    return written.getvalue()


def printed(text):
    """A document to print, with its text compressed as they have it."""
    stream = zlib.compress(f"BT /F1 12 Tf ({text}) Tj ET".encode())
    head = f"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode /Length {len(stream)} >>\nstream\n"
    return head.encode() + stream + b"\nendstream\nendobj\n%%EOF\n"


@row(5, "a license text that cannot be read as it stands, under `MIT`", "denied")
def unreadable(bench):
    whole = f"{spdx_text('MIT')}\n{NO_TRAINING}\n"
    far = spdx_text("MIT") + " " * (4 << 20) + NO_TRAINING
    texts = {
        "UTF-16 without a BOM": whole.encode("utf-16-le"),
        "UTF-16 without a BOM, the other way": whole.encode("utf-16-be"),
        "UTF-32": whole.encode("utf-32-le"),
        "UTF-32, the other way": whole.encode("utf-32-be"),
        "EBCDIC": whole.replace("©", "(c)").encode("cp037", "replace"),
        "one NUL": whole.replace("Permission", "Permis\0sion", 1),
        "a binary tail": whole.encode() + random.Random(5).randbytes(4096),
        "a word processor's": archive_of_a_document(whole),
        "a printed document": printed(whole),
        "more than 4 MiB": far,
    }
    crates = {name: Crate("", files={"LICENSE": text}) for name, text in texts.items()}
    crates["LICENSE.docx"] = Crate("", files={"LICENSE.docx": archive_of_a_document(whole)})
    crates["LICENSE.pdf"] = Crate("", files={"LICENSE.pdf": printed(whole)})
    yield from denied(judged(bench, crates))

    def far_away(_, directory):
        with open(f"{directory}/LICENSE", "wb") as file:
            file.write(spdx_text("MIT").encode())
            file.seek(200 << 20)
            file.write(NO_TRAINING.encode())

    yield from denied(judged_on_disk(bench, {"200 MB": Crate("", package='repository = "https://example.invalid/them/it"\n')}, prepare=far_away))


@row(12, "a restrictive text under `license = \"MIT\"`", "denied")
def restrictive_text(bench):
    crates = {
        "a sentence of its own": Crate("", files={"LICENSE": BOUGHT}),
        "MIT and the same sentence": mit_with(BOUGHT),
        "the same in LICENSE-2": with_file("LICENSE-2", BOUGHT),
        "non-commercial in LICENSE-2": with_file("LICENSE-2", COMMERCIAL),
        "non-commercial in NOTICE": with_file("NOTICE", COMMERCIAL),
        "the title of the AGPL": Crate("", files={"LICENSE": "GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007\n"}),
        "under the BUSL, in words": Crate("", files={"LICENSE": "Licensed under the Business Source License 1.1."}),
        "under CC BY-NC-ND, in words": Crate("", files={"LICENSE": "Licensed under CC BY-NC-ND 4.0."}),
        "all rights reserved": Crate("", files={"LICENSE": "Copyright 2024 Foo Inc. All rights reserved. This is confidential and proprietary to Foo Inc."}),
    }
    for name in ("BUSL-1.1", "SSPL-1.0", "CC-BY-NC-4.0", "Elastic-2.0", "Hippocratic-2.1", "AGPL-3.0"):
        crates[f"all of {name}"] = Crate("", files={"LICENSE": spdx_text(name)})
    yield from denied(judged(bench, crates))


@row(13, "MIT with words changed", "denied")
def changed(bench):
    mit = spdx_text("MIT")

    def instead(words, of):
        assert of in mit, of
        return mit.replace(of, words, 1)

    texts = {
        "“sublicense” removed": instead("", " sublicense,"),
        "“and/or sell” removed": instead("and distribute", "distribute, sublicense, and/or sell"),
        "negated": instead("is hereby not granted", "is hereby granted"),
        "priced": instead("for a fee of $100", "free of charge"),
        "narrowed to others": instead("any person other than an AI company", "any person"),
        "narrowed to some": instead("any accredited researcher", "any person"),
        "narrowed in its aim": instead("to use for personal purposes only, copy", "to use, copy"),
        "a clause in the line of copyright": instead(f"Copyright (c) 2024. {NO_TRAINING}", "Copyright (c) 2024"),
        "a clause in the title": instead("MIT License (no AI training, no machine learning use permitted)", "MIT License"),
        "a condition more": instead("conditions:\n\nThe user is not an AI company.", "conditions:"),
    }
    crates = {name: Crate("", files={"LICENSE": text}) for name, text in texts.items()}
    half = len(NO_TRAINING) // 2
    crates["the clause split over two files"] = Crate(
        "", files={"LICENSE": f"{mit}\n{NO_TRAINING[:half]}\n", "LICENSE-2": NO_TRAINING[half:] + "\n"}
    )
    yield from denied(judged(bench, crates))


@row(14, "declarations that are not a license", "denied")
def declarations(bench):
    declared = {
        "an escape sequence": "MIT\u001b[2J",
        "a look-alike": "MlT",
        "a reference": "LicenseRef-x",
        "an addition of its own": "MIT WITH AdditionRef-free-for-all",
        "nothing": "",
        "blanks": "   ",
        "a Cyrillic letter": "МIT",
        "broken": "MIT AND",
        "free text": "see LICENSE",
    }
    crates = {name: Crate("", license=text) for name, text in declared.items()}
    yield from denied(judged(bench, crates))
