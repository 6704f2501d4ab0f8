"""Holds udfplan's JSON Schemas against its readers, with a real validator: jsonschema, as check-jsonschema runs it.

usage: schemas.py UDFPLAN PROBES

A schema has to be valid, to take every document that udfplan reads, and to refuse what is wrong with a document's shape. Tried are the
golden cases, and PROBES: the values that TestSchemasAgreeWithReaders tries on every key. What a schema cannot see is listed by reason.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import ruamel.yaml
from check_jsonschema.parsers.yaml import construct_yaml_implementation

DOCUMENTS = ("job", "limits", "fleet", "measurement")

# What the readers say of a document's shape, by code: a schema has to refuse it too.
SHAPE = {"unknown-key", "wrong-type", "unknown-word", "missing-key", "out-of-range", "empty-value", "bad-size", "unknown-version",
         "bad-date", "unknown-rule", "bad-group", "null-value"}

# What no schema can see, by reason.
BEYOND = {
    "the text is none that a schema is asked about": {"yaml-syntax", "json-syntax", "not-utf8", "duplicate-key", "alias-cycle", "alias-bomb"},
    "a name has to be that of something else in the document, or of nothing else": {"unknown-input", "duplicate-id", "duplicate-group", "unknown-group"},
    "edges have to make a graph that Flink runs": {"cycle", "self-loop", "forward-parallelism"},
    "two values have to fit together": {"parallelism-above-max", "mixed-resources", "resources-on-python", "worker-in-thread", "profile-in-batch", "profile-version"},
    "the version decides what Flink takes": {"bad-option-value", "weight-conflict"},
    "it is another document": {"unsupported-document"},
}

# Where a case names a document on its command line.
FLAGS = {"--limits": "limits", "--measured": "measurement"}


class Gate:
    def __init__(self, udfplan, folder):
        self.udfplan, self.folder = udfplan, folder
        self.wrong, self.seen, self.told = [], {}, set()
        self.validators = {}
        for name in DOCUMENTS:
            schema = json.loads(self.run("schema", name)[0])
            kind = jsonschema.validators.validator_for(schema, default=None)
            kind.check_schema(schema)
            self.validators[name] = kind(schema, format_checker=kind.FORMAT_CHECKER)

    def run(self, *args):
        done = subprocess.run([self.udfplan, *args], capture_output=True, encoding="utf-8", errors="replace", cwd=self.folder, stdin=subprocess.DEVNULL)
        return done.stdout, done.stderr

    def count(self, what):
        self.seen[what] = self.seen.get(what, 0) + 1

    def fault(self, name, document):
        """What a schema says of a document; empty: it takes it."""
        for error in self.validators[name].iter_errors(document):
            return "%s: %s" % (error.json_path, error.message)
        return ""

    def probes(self, path):
        for line in open(path, encoding="utf-8"):
            probe = json.loads(line)
            fault = self.fault(probe["document"], json.loads(probe["text"]))
            self.count("%s of %s" % ("good" if probe["good"] else "bad", probe["document"]))
            if bool(fault) == probe["good"]:
                self.wrong.append("%s: %s; the reader says good: %s" % (probe["text"], fault or "is taken", probe["good"]))

    def errors(self, name, path):
        """The codes of the errors that udfplan has for a document itself."""
        job = self.folder + "/ok.yaml"
        args = {"job": ["import", path], "limits": ["check", job, "--limits", path, "--fail-on", "never"],
                "fleet": ["capacity", "--fleet", path], "measurement": ["compile", job, "--measured", path]}[name]
        said = self.run(*args, "--max-diagnostics", "0")[1]
        own = re.compile(r"^%s(:\d+)*: error: .*\[([a-z0-9-]+)\]$" % re.escape(path), re.M)
        return {code for _, code in own.findall(said)}

    def document(self, name, case, text):
        """Holds what a schema says of a golden document against what udfplan says."""
        path = self.folder + "/document"
        pathlib.Path(path).write_bytes(text)
        codes = self.errors(name, path)
        fault = self.verdict(name, text)
        if codes & SHAPE:
            self.count("refused golden documents")
            if not fault:
                self.wrong.append("%s: %s, and the schema takes it" % (case, ", ".join(sorted(codes))))
        elif not codes:
            self.count("golden documents of kind " + name)
            if fault:
                self.wrong.append("%s: the reader takes it; the schema: %s" % (case, fault))
        for code in codes - SHAPE:
            self.told.add(code)
            reason = "".join(reason for reason, those in BEYOND.items() if code in those)
            self.count("beyond a schema: " + reason)
            if not reason:
                self.wrong.append("%s: %s stands neither in SHAPE nor in BEYOND" % (case, code))

    def recorded(self, path):
        """Holds a job file of the exporter, or a Measurement of real workers, to its schema."""
        text = path.read_bytes()
        kind = kind_of(text)
        self.count("recorded documents of kind %s" % kind)
        fault = "it is none of %s" % ", ".join(DOCUMENTS) if kind is None else self.verdict(kind, text)
        if fault:
            self.wrong.append("%s: %s" % (path, fault))

    def verdict(self, name, text):
        try:
            documents = list(load(text))
        except (ruamel.yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
            return "no YAML: %s" % error
        for document in documents:
            fault = self.fault(name, document)
            if fault:
                return fault
        return ""


def load(text):
    """The documents of a text, as an editor that reads YAML 1.2 has them; JSON texts one after the other are no YAML."""
    text = text.decode("utf-8")
    try:
        if text.lstrip()[:1] == "{":
            rest = text.lstrip()
            while rest:
                document, end = json.JSONDecoder().raw_decode(rest)
                yield document
                rest = rest[end:].lstrip()
            return
    except ValueError:
        pass
    yield from construct_yaml_implementation(pure=True).load_all(text)


def kind_of(text):
    """Which of the documents a text is, by its keys; None: none of them."""
    try:
        first = next(load(text), None)
    except (ruamel.yaml.YAMLError, ValueError, RecursionError):  # broken: by what stands in it
        return "job" if re.search(rb"^ *[{]?\"?operators\"?:", text, re.M) else None
    if not isinstance(first, dict):
        return None
    kinds = {"Limits": "limits", "Fleet": "fleet", "Measurement": "measurement"}
    return kinds.get(str(first.get("kind"))) or ("job" if "operators" in first and first.get("kind") not in ("Plan", "Explanation", "Capacity") else None)


def golden(root):
    """The documents of the golden cases: what is read, and the job files that import writes."""
    for case in sorted(os.listdir(root)):
        folder = pathlib.Path(root, case)
        args = folder.joinpath("args").read_text("utf-8").split()
        named = {args[i + 1]: FLAGS[args[i]] for i in range(len(args) - 1) if args[i] in FLAGS}
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            if not path.is_file() or name in ("args", "why", "uses", "same", "stderr", "exit") or name == "stdout" and args[:1] != ["import"]:
                continue
            text = path.read_bytes()
            kind = named.get(name) or kind_of(text)
            if kind and not (kind == "measurement" and text.startswith(b"udfplan measure ")):
                yield kind, "%s/%s" % (case, name), text


def main(udfplan, probes):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "ok.yaml").write_text("operators: [{id: a, python: true}]\n")
        gate = Gate(os.path.abspath(udfplan), folder)
        gate.probes(probes)
        for kind, case, text in golden("testdata/golden"):
            gate.document(kind, case, text)
        for path in sorted(pathlib.Path("testdata/measured").rglob("*.yaml")):
            gate.recorded(path)
    for name in DOCUMENTS:
        for what in ("good of " + name, "bad of " + name, "golden documents of kind " + name):
            if not gate.seen.get(what):
                gate.wrong.append("none: " + what)
    for code in sorted(set().union(*BEYOND.values()) - gate.told):
        gate.wrong.append("%s: no golden document shows that it is beyond a schema" % code)
    print(*gate.wrong, sep="\n", end="\n" if gate.wrong else "")
    for what, count in sorted(gate.seen.items()):
        print("schemas: %d %s" % (count, what))
    return bool(gate.wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
