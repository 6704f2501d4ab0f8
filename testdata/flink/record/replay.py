"""Asks a Flink again what is recorded of it, and holds the answers to the recordings, byte for byte."""
import json
import os

import finegrained
import flink
import tables


def dumps(line):
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def question(line, kind, version):
    """A recorded line without what Flink answered, as a question to that version."""
    asked = {key: value for key, value in line.items() if key not in tables.ANSWERS[kind]}
    if "flink" in asked:
        asked["flink"] = version.name
    if "job" in asked:
        asked["job"] = dict(asked["job"], flinkVersion=version.minor())
    return asked


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ask(version, jars, asked, work):
    """Answers by kind, the lines as they are recorded: question and answer."""
    folders = [os.path.join(work, name) for name in ("questions", "answers")]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    for kind, questions in asked.items():
        with open(os.path.join(folders[0], kind + ".jsonl"), "w", encoding="utf-8") as out:
            out.writelines(json.dumps(q, ensure_ascii=False) + "\n" for q in questions)
    flink.record(version, jars, *folders, list(asked))
    return {kind: [merged(q, a) for q, a in zip(questions, read(os.path.join(folders[1], kind + ".jsonl")))]
            for kind, questions in asked.items()}


def merged(asked, answer):
    return dict(asked, **answer)


def compare(kind, version, source, answered):
    """The recorded lines that this Flink answers otherwise: (recorded, answered). A file that holds for several versions names one."""
    differ = []
    with open(tables.path(kind, source), encoding="utf-8") as lines:
        for recorded, line in zip(lines, answered):
            if source != version.name:
                known = json.loads(recorded)
                recorded = dumps(dict(question(known, kind, version), **{k: known[k] for k in known if k in tables.ANSWERS[kind]})) + "\n"
            if recorded != dumps(line) + "\n":
                differ.append((json.loads(recorded), line))
    return differ


def again(version, known, jars, work):
    """Asks a version what is recorded of a known one; rows of (kind, recorded of, cases, differing), and the lines by kind."""
    sources = {kind: known.recorded_as(kind) for kind in tables.FILES if known.recorded_as(kind)}
    asked = {kind: [question(line, kind, version) for line in read(tables.path(kind, source))] for kind, source in sources.items()}
    answered = ask(version, jars, asked, work)
    return [(kind, source, len(answered[kind]), compare(kind, version, source, answered[kind])) for kind, source in sources.items()], answered


def refused(line):
    expect = line.get("expect")
    return "error" in line or isinstance(expect, dict) and "error" in expect


def write(version, answered):
    """Writes the recordings that a version has of its own."""
    for kind, lines in answered.items():
        if version.recorded_as(kind) == version.name:
            with open(tables.path(kind, version.name), "w", encoding="utf-8") as out:
                out.writelines(dumps(line) + "\n" for line in lines)


def lay(folder, known, answered):
    """Lays recordings out as testdata/flink has them, in the name of a known version."""
    for kind, lines in answered.items():
        path = os.path.join(folder, (tables.FILES | finegrained.FILES)[kind] % known.name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(dumps(_named(line, known)) + "\n" for line in lines)


def _named(line, known):
    line = dict(line)
    if "flink" in line:
        line["flink"] = known.name
    if "job" in line:
        line["job"] = dict(line["job"], flinkVersion=known.minor())
    return line
