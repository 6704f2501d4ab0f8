"""The table of versions (versions.tsv) and the kinds of recordings."""
import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDINGS = os.path.dirname(HERE)

# Where a kind's recordings lie, below testdata/flink, and what of a line Flink answered; the rest of it is the question.
FILES = {
    "chains": "chains/%s.jsonl",
    "adaptive": "adaptive/%s.jsonl",
    "taskmanager": "taskmanager/%s.jsonl",
    "weights": "weights/%s.jsonl",
    "memorysize-parse": "memorysize/parse-%s.jsonl",
    "memorysize-format": "memorysize/format-%s.jsonl",
    "conf-legacy": "conf/legacy-%s.jsonl",
    "conf-yaml": "conf/yaml-%s.jsonl",
}
ANSWERS = {kind: ("expect", "error", "types", "typed", "log", "bash") for kind in FILES}
ANSWERS["memorysize-parse"] = ("bytes", "error")
ANSWERS["memorysize-format"] = ("string", "human", "mebi", "error")


def column(kind):
    return "memorysize" if kind.startswith("memorysize") else kind


class Version:
    """A row of versions.tsv: how to get and build for a Flink, and where its recordings are."""

    def __init__(self, row):
        self.row, self.name = row, row["version"]
        self.number = number(self.name)
        self.artifacts = ["flink-streaming-java"] + row["also"].split(",")
        self.java = row["java"].split(",")

    def recorded_as(self, kind):
        """The version whose file has this version's recordings of a kind: its own, one that is equal; None where there can be none."""
        cell = self.row[column(kind)]
        return {"own": self.name, "-": None}.get(cell, cell)

    def minor(self):
        return "%d.%d" % self.number[:2]


def number(name):
    return tuple(int(part) for part in name.split("."))


def versions():
    with open(os.path.join(HERE, "versions.tsv"), encoding="utf-8") as table:
        return {row["version"]: Version(row) for row in csv.DictReader(table, delimiter="\t")}


def find(name):
    """The row of a version, and the known version whose rules hold for it: itself, or the nearest one."""
    rows = versions()
    if name in rows:
        return rows[name], rows[name]
    before = [v for v in rows.values() if v.number <= number(name)]
    nearest = max(before or rows.values(), key=lambda v: v.number)
    return Version(dict(nearest.row, version=name)), nearest


def path(kind, version):
    return os.path.join(RECORDINGS, FILES[kind] % version)
