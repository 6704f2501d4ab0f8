"""Asks a version of Flink about fine-grained resources: the recorders are those of finegrained/."""
import json
import os
import subprocess

import flink
import tables

FOLDER = os.path.join(tables.HERE, "finegrained")
FILES = {"graphs": "finegrained/graphs/%s.jsonl", "fill": "finegrained/fill/%s.jsonl"}
OPENS = flink.OPENS + ["java.lang.invoke", "java.text"]


def known_by(kind):
    """The kind whose recordings say that a version has such a thing at all: slots are filled alike wherever there are profiles."""
    return "graphs" if kind in FILES else kind


def ask(version, jars, asked, work):
    """Answers by kind, the lines as they are recorded; jars are those of flink.build."""
    classes = os.path.join(work, "finegrained")
    if asked and not os.path.exists(classes):
        sources = [os.path.join(FOLDER, name) for name in sorted(os.listdir(FOLDER)) if name.endswith(".java")]
        flink.run(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", ":".join(jars[1:])] + sources)
    return {kind: _record(kind, questions, [classes] + jars[1:], work) for kind, questions in asked.items()}


def _record(kind, questions, jars, work):
    path = os.path.join(work, kind + ".questions.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(q) + "\n" for q in questions)
    command = ["nice", "java", "-Xmx2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"]
    for package in OPENS:
        command += ["--add-opens", "java.base/%s=ALL-UNNAMED" % package]
    done = subprocess.run(command + ["-cp", ":".join(jars), "Record", kind, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit("java failed:\n%s" % done.stderr[-4000:])
    return [json.loads(line) for line in done.stdout.splitlines()]
