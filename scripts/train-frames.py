"""Trains the model of `crates/airights-text/src/frames` and writes its weights.

    python3 scripts/train-frames.py [--texts DIR] [--crates DIR] [--out FILE]

The data are in `benchmarks/ai-terms`: sentences of our own with labels, and labels of sentences of public documents, whose
texts are not here; `--texts` is a directory that holds them as `SHA256.txt`. What says nothing of AI comes from cargo's home: the
license texts of the `spdx` crate, and the READMEs and licenses of what this workspace depends on; `--crates` is a directory with
more of them, as `cargo xtask fetch-crates scripts/crates.tsv DIR` leaves it, of which every second one is used.

What is seen of a sentence says the example `features` of airights-text; here only weights are found: for each use, a multinomial
logistic regression over its values and silence. Of a passage of several sentences only one need say what its label says;
which, the model of a first round decides. Weights that hardly matter are left out, the others rounded.

It needs scikit-learn 1.9 (`pip install scikit-learn==1.9.1`), and takes two minutes.
"""

import argparse
import collections
import glob
import hashlib
import json
import os
import random
import re
import subprocess
import tempfile

import numpy
import scipy.sparse
from sklearn.linear_model import LogisticRegression

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(HERE, "benchmarks", "ai-terms")
OUT = os.path.join(HERE, "crates", "airights-text", "frames", "weights.tsv")
USES = ["train-ai", "ai-input", "use-restrictions", "train-on-output"]
VALUES = ["none", "allowed", "conditional", "disallowed"]
# Rarer features are left out, and weights that are smaller; others are written in so many parts of one.
LEAST, SMALLEST, PARTS = 4, 0.3, 64
# What was not labeled by anybody but says nothing in all likelihood counts less, and so many sentences of one text.
OF_SILENCE, MOST_OF_TEXT, MOST_OF_LICENSE = 0.3, 20, 80
STRENGTH = 2.0
PLAIN_TEXT = re.compile(r"README|CHANGELOG|NOTICE|SECURITY|CONTRIBUTING", re.I)
LICENSE_TEXT = re.compile(r"LICEN[SC]E|COPYING|UNLICENSE|COPYRIGHT", re.I)


def one_line(text):
    return text.replace("\r", "").replace("\t", " ").replace("\\n", "\n").replace("\n", "\\n")


def of_spdx(home):
    """The license texts of SPDX. Those that the OSI approves restrict no field of use; of others that is not known."""
    base = sorted(glob.glob(f"{glob.escape(home)}/registry/src/*/spdx-0.13*/src"))[-1]
    with open(f"{base}/identifiers.rs", encoding="utf-8") as file:
        approved = set(re.findall(r'name: "([^"]+)",\s*full_name: [^\n]*,\s*index: \d+,\s*flags: [^,]*IS_OSI_APPROVED', file.read()))
    for name in sorted(os.listdir(f"{base}/text/licenses")):
        with open(f"{base}/text/licenses/{name}", encoding="utf-8", errors="replace") as file:
            text = file.read()
        raw = re.match(r'^r(#*)"(.*)"\1\s*$', text, re.S)
        labels = "none" if name in approved else "use-restrictions=conditional?"
        yield "en", "license", labels, "silence", one_line(raw[2] if raw else text)


def of_crates(home, more):
    """What stands beside the code of the crates in cargo's home, and of every second one in another directory."""
    seen = set()
    others = sorted(glob.glob(f"{glob.escape(more)}/*"))[::2] if more else []
    places = [f"{glob.escape(home)}/registry/src/*/**", *(f"{glob.escape(other)}/*" for other in others)]
    for path in sorted(path for place in places for path in glob.glob(place, recursive=True)):
        name = os.path.basename(path)
        place = "notice" if PLAIN_TEXT.match(name) else "license" if LICENSE_TEXT.match(name) else None
        if place is None or name.endswith((".rs", ".py", ".json")) or not os.path.isfile(path):
            continue
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except UnicodeDecodeError:
            continue
        if text not in seen:
            seen.add(text)
            yield "en", place, "none", "silence", one_line(text[:200_000])


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield tuple(line.rstrip("\n").split("\t"))


def of_documents(texts):
    """Documents of the training split, each as a whole; their sentences are found by their digests."""
    for _repository, path, _commit, digest, language, split, labels, _second in rows_of(f"{DATA}/documents.tsv"):
        file = os.path.join(texts, f"{digest}.txt")
        if split == "train" and os.path.exists(file):
            with open(file, "rb") as opened:
                text = opened.read().decode("utf-8", "replace")
            place = "license" if re.search(r"LICEN[SC]E|COPYING|TERMS|EULA|RIDER|ADDENDUM", os.path.basename(path), re.I) else "notice"
            yield language, place, labels, f"document {digest}", one_line(text[:300_000])


def digest_of(words):
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def features(rows):
    """What the reader sees of each row: the features of its sentences."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
        file.flush()
        command = ["cargo", "run", "--quiet", "--release", "--package", "airights-text", "--features", "train", "--example", "features", "--", file.name]
        ran = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, check=True, text=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def wanted(labels):
    """The value of each use, and whether it may be another."""
    found = {}
    for label in labels.split(","):
        if "=" in label:
            use, value = label.rstrip("?").split("=", 1)
            found[use] = (value.split(":")[0], label.endswith("?"))
    return found


def collect(texts, crates):
    """All rows, each with the features of its sentences and its weight."""
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    own = features(rows_of(f"{DATA}/sentences.train.tsv"))
    luck = random.Random(1)
    silent = features([*of_spdx(home), *of_crates(home, crates)])
    known = {}
    for document, digest, labels in rows_of(f"{DATA}/spans.tsv") if texts else []:
        known.setdefault(document, {})[digest] = labels
    of_public = []
    for row in features(of_documents(texts)) if texts else []:
        labeled = known.get(row["kind"].split()[-1], {})
        for unit in row["units"]:
            if labels := labeled.get(digest_of(unit["words"])):
                of_public.append({**row, "labels": labels, "units": [unit]})
        if row["labels"] == "none":
            silent.append(row)
    for row in silent:
        row["weight"] = OF_SILENCE
        most = MOST_OF_LICENSE if row["place"] == "license" else MOST_OF_TEXT
        if len(row["units"]) > most:
            row["units"] = luck.sample(row["units"], most)
    return own + of_public + silent


def fit(use, rows, units, shown):
    """The regression of one use."""
    values = numpy.zeros(len(units), int)
    weights = numpy.ones(len(units))
    passages, start = [], 0
    for row in rows:
        span = list(range(start, start + len(row["units"])))
        start += len(span)
        weights[span] = row.get("weight", 1.0)
        value, is_arguable = wanted(row["labels"]).get(use, ("none", False))
        if is_arguable:
            weights[span] = 0
        elif value != "none" and len(span) == 1:
            values[span] = VALUES.index(value)
        elif value != "none" and span:
            passages.append((span, VALUES.index(value)))
    model = None
    for _round in range(2):
        for span, value in passages:
            weights[span] = 0
            if model is not None and value in model.classes_:
                likely = model.predict_proba(shown[span])[:, list(model.classes_).index(value)]
                says_it = span[int(numpy.argmax(likely))]
                weights[says_it], values[says_it] = 1, value
        counts = weights > 0
        model = LogisticRegression(C=STRENGTH, max_iter=300).fit(shown[counts], values[counts], sample_weight=weights[counts])
    return model


def against_silence(model, weights):
    """What each value weighs against silence, one row a value."""
    of = {value: place for place, value in enumerate(model.classes_)}
    never = numpy.full_like(weights[0], -9.0 if weights.ndim == 1 else 0.0)
    return [weights[of[value]] - weights[of[0]] if value in of else never for value in (1, 2, 3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", help="a directory with the texts of public documents")
    parser.add_argument("--crates", help="a directory with crates that say nothing of AI")
    parser.add_argument("--out", default=OUT)
    arguments = parser.parse_args()
    rows = collect(arguments.texts, arguments.crates)
    units = [unit for row in rows for unit in row["units"]]
    often = collections.Counter(name for unit in units for name in unit["features"])
    names = sorted(name for name, count in often.items() if count >= LEAST)
    place = {name: number for number, name in enumerate(names)}
    columns, ends = [], [0]
    for unit in units:
        columns += [place[name] for name in unit["features"] if name in place]
        ends.append(len(columns))
    shown = scipy.sparse.csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(units), len(names)))
    models = {use: fit(use, rows, units, shown) for use in USES}
    cells = collections.defaultdict(list)
    for use, model in models.items():
        written = lambda weights: use + " " + " ".join(str(round(weight * PARTS)) for weight in weights)  # noqa: E731
        cells["*"].append(written(against_silence(model, model.intercept_)))
        for name, weights in zip(names, zip(*against_silence(model, model.coef_))):
            if max(map(abs, weights)) > SMALLEST:
                cells[name].append(written(weights))
    with open(arguments.out, "w", encoding="utf-8") as file:
        file.write("# A feature, and for each use the weights of allowed, conditional and disallowed: see src/frames/model.rs.\n")
        file.writelines("\t".join([name, *cells[name]]) + "\n" for name in ["*", *sorted(set(cells) - {"*"})])
    print(f"{len(rows)} rows, {len(units)} sentences, {len(cells)} features in {arguments.out}")


if __name__ == "__main__":
    main()
