"""Random configuration files: flink-conf.yaml as people spoil it, and config.yaml as YAML allows it."""
import random

KEYS = ["taskmanager.memory.process.size", "taskmanager.numberOfTaskSlots", "taskmanager.memory.managed.fraction", "python.executable", "a.b", "a.b.c", "a", "b", "env.java.opts",
        "state.backend.type", "s3.secret-key", "jobmanager.rpc.address", "metrics.reporters"]
PLAIN = ["1728m", "4", "0.4", "rocksdb", "file:///tmp/x", "a b c", "true", "a: b", "x#y", "x # y", "-Dfoo=bar -Xmx1g", "10.0.0.7:8081", "", "ü", "漢字", "50%", "%x", "*", "&", "!", "|", ">", "@a", "`a`", "'", '"']
SCALARS = PLAIN + ["yes", "no", "on", "off", "True", "FALSE", "null", "~", "Null", "0x1F", "0o17", "017", "1_000", "1e3", "1E5", "-1.5e-7", ".5", "5.", "+.inf", "-.INF", ".NaN", "0.0", "-0", "007", "1.0", "100000000000",
                   "9223372036854775808", "2026-11-27", "12:30:45", "0b11", "+12", "1.7976931348623157e308", "0.1f", "1.10", "12345678.9", "- x", "? x", "a:b", ":", "-", "--- x", "[a", "{a"]
ESCAPES = ["\\n", "\\t", "\\x41", "\\u00e9", "\\\\", "\\\"", "\\/", "\\0", "\\e", "\\N", "\\_", "\\ ", "\\U0001F600", "\\L", "\\q", "\\u12"]


def legacy(version, seed, number):
    r = random.Random("legacy %d/%d" % (seed, number))
    lines = []
    for _ in range(r.randrange(1, 7)):
        line = r.choice(KEYS) + r.choice([": ", ": ", ": ", ":", " : ", ":  ", ":\t", " ", ""]) + r.choice(PLAIN) + r.choice(["", "", "", " # c", "#c", " ", "\t"])
        line = r.choice(["", "", "", " ", "  ", "\t", "# ", "- "]) + line
        lines.append(_spoiled(r, line, "abc :#-\t'\"") if r.random() < .2 else line)
    return {"id": "cl-%d-%d" % (seed, number), "flink": version.name, "rule": "random", "text": _joined(r, lines)}


def standard(version, seed, number):
    r = random.Random("standard %d/%d" % (seed, number))
    text = r.choice(["", "", "", "", "# comment\n", "---\n", "%YAML 1.2\n---\n", "--- # c\n", "\n\n"])
    text += _joined(r, _Writer(r).mapping(0, 3))
    text += r.choice(["", "", "", "", "", "...\n", "---\n", "--- {}\n", "# end"])
    if r.random() < .3:
        text = _spoiled(r, text, "abc01:#-,[]{}&*!|>'\"%@`? \t\n\\")
    return {"id": "cy-%d-%d" % (seed, number), "flink": version.name, "rule": "random", "text": text}


def _joined(r, lines):
    end = r.choice(["\n"] * 8 + ["\r\n", "\r"])
    return end.join(lines) + r.choice([end, end, ""])


def _spoiled(r, text, letters):
    for _ in range(r.choice([1, 1, 1, 2, 3])):
        at = r.randrange(0, len(text) + 1)
        text = text[:at] + r.choice([r.choice(letters), r.choice(letters), ""]) + text[at + r.choice([0, 0, 1]):]
    return text


class _Writer:
    """Writes YAML in every style: lines of a mapping, whose values are scalars, lists and mappings."""

    def __init__(self, r):
        self.r, self.anchors = r, []

    def mapping(self, indent, depth):
        lines, keys = [], []
        for _ in range(self.r.randrange(1, 5 if depth > 1 else 3)):
            key = self.r.choice(KEYS if self.r.random() < .8 else ["a b", "'q'", '"d"', "1", "true", "~", "? k", "<<"])
            if key in keys and self.r.random() < .9:
                continue
            keys.append(key)
            lines += self.entry(" " * indent + key + self.r.choice([":"] * 9 + [" :"]), indent, depth)
            if self.r.random() < .08:
                lines.append(self.r.choice(["", "# c", "   # c", "  "]))
        return lines

    def entry(self, head, indent, depth):
        head += self.anchor()
        kind = self.r.random()
        if depth > 0 and kind < .22:
            return [head + self.r.choice(["", "", " # c"])] + self.mapping(indent + self.r.choice([1, 2, 2, 2, 4]), depth - 1)
        if depth > 0 and kind < .32:
            return [head] + self.list(indent + self.r.choice([0, 2, 2]), depth - 1)
        if kind < .42:
            return [head + " " + self.flow(depth)]
        if kind < .5:
            return [head + " " + self.r.choice(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1-"])] + \
                [" " * (indent + self.r.choice([2, 2, 2, 2, 3, 4])) + self.r.choice(PLAIN) for _ in range(self.r.randrange(0, 4))]
        if kind < .55:  # a plain or quoted text on several lines
            return [head + " " + self.r.choice(["", '"', "'"]) + "one", " " * (indent + 2) + "two" + self.r.choice(["", '"', "'"])]
        return [head + " " + self.scalar() + self.r.choice(["", "", "", "", " # c", " "])]

    def list(self, indent, depth):
        lines = []
        for _ in range(self.r.randrange(1, 4)):
            if depth > 0 and self.r.random() < .25:
                inner = self.mapping(indent + 2, depth - 1)
                lines += [" " * indent + "- " + inner[0][indent + 2:]] + inner[1:]
            else:
                lines.append(" " * indent + "- " + (self.flow(depth) if self.r.random() < .15 else self.scalar()))
        return lines

    def flow(self, depth):
        def inner():
            return self.flow(depth - 1) if depth > 0 and self.r.random() < .2 else self.scalar()
        if self.r.random() < .5:
            return "[" + self.r.choice([", ", ",", " , "]).join(inner() for _ in range(self.r.randrange(0, 4))) + self.r.choice(["]", "]", ", ]", " ]"])
        return "{" + ", ".join(self.r.choice(["a", "b", "a.b", '"q"', "1"]) + self.r.choice([": ", ": ", ":", ""]) + inner() for _ in range(self.r.randrange(0, 3))) + self.r.choice(["}", "}", ",}", " }"])

    def scalar(self):
        kind = self.r.random()
        if kind < .06 and self.anchors:
            return "*" + self.r.choice(self.anchors)
        if kind < .08:
            return self.r.choice(["!!str ", "!!int ", "!!float ", "!!null ", "!!bool ", "!x ", "! "]) + self.r.choice(SCALARS)
        if kind < .2:
            return '"' + "".join(self.r.choice(ESCAPES + ["a", "b c", ": ", "#"]) for _ in range(self.r.randrange(0, 4))) + '"'
        if kind < .28:
            return "'" + self.r.choice(["", "a", "it''s", "a: b", " # x", "1", "true"]) + "'"
        return self.r.choice(SCALARS if kind < .55 else PLAIN[:10])

    def anchor(self):
        if self.r.random() > .04:
            return ""
        self.anchors.append(self.r.choice(["x", "y1", "a-b", "a.b"]))
        return " &" + self.anchors[-1]
