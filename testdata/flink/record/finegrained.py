"""Asks a version of Flink about fine-grained resources: the recorders are those of finegrained/."""
import json
import os
import subprocess

import flink
import tables

FOLDER = os.path.join(tables.HERE, "finegrained")
FILES = {"graphs": "finegrained/graphs/%s.jsonl", "fill": "finegrained/fill/%s.jsonl"}
UNDECIDED = ["on-three-tms"]  # Flink takes sizes of slots from a hash map: the same Flink does one and the other (docs/flink-rules.md D3)
OPENS = flink.OPENS + ["java.lang.invoke", "java.text"]


def known_by(kind):
    """The kind whose recordings say that a version has such a thing at all: slots are filled alike wherever there are profiles."""
    return "graphs" if kind in FILES else kind


def ask(version, jars, asked, work):
    """Answers by kind, the lines as they are recorded; jars are those of flink.build."""
    return {kind: [json.loads(line) for line in _record(kind, "".join(json.dumps(q) + "\n" for q in questions), jars, work)] for kind, questions in asked.items()}


def again(version, known, jars, work, kinds):
    """Asks again what is recorded of a version, as replay.again does: rows of (kind, recorded of, cases, differing). The order of slots and of
    TaskManagers on a cluster is not Flink's to say, and not compared."""
    rows = []
    for kind in kinds:
        source = known.recorded_as(kind)
        if source is None:
            continue
        with open(os.path.join(tables.RECORDINGS, "finegrained", kind, source + ".jsonl"), encoding="utf-8") as lines:
            recorded = lines.read().splitlines()
        ids = {json.loads(line)["id"] for line in recorded}
        with open(os.path.join(FOLDER, kind + ".jsonl"), encoding="utf-8") as lines:
            answered = _record(kind, "".join(line for line in lines if json.loads(line)["id"] in ids), jars, work)
        same = _unordered if kind == "clusters" else str
        differ = [(json.loads(was), json.loads(now)) for was, now in zip(recorded, answered) if same(was) != same(now) and json.loads(was)["id"] not in UNDECIDED]
        differ += [({}, json.loads(now)) for now in answered[len(recorded):]] + [(json.loads(was), {}) for was in recorded[len(answered):]]
        rows.append((kind, source, len(recorded), differ))
    return rows


def _unordered(line):
    def sort(value):
        if isinstance(value, list):
            return sorted((sort(item) for item in value), key=json.dumps)
        return {key: sort(value[key]) for key in sorted(value)} if isinstance(value, dict) else value
    return json.dumps(sort(json.loads(line)))


def _record(kind, questions, jars, work):
    """The lines that the recorder prints; jars are those of flink.build, whose first are the other recorders."""
    classes = os.path.join(work, "finegrained")
    jars = [classes] + jars[1:]
    if not os.path.exists(classes):
        sources = [os.path.join(FOLDER, name) for name in sorted(os.listdir(FOLDER)) if name.endswith(".java")]
        flink.run(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", ":".join(jars)] + sources)
    path = os.path.join(work, kind + ".questions.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        out.write(questions)
    command = ["nice", "java", "-Xmx2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"]
    for package in OPENS:
        command += ["--add-opens", "java.base/%s=ALL-UNNAMED" % package]
    done = subprocess.run(command + ["-cp", ":".join(jars), "Record", kind, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit("java failed:\n%s" % done.stderr[-4000:])
    return done.stdout.splitlines()
