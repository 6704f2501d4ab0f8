"""What the project's own tests say of recordings: by rule, how many cases differ, and the smallest."""
import json
import os
import re
import subprocess

import replay
import tables

ROOT = os.path.dirname(os.path.dirname(tables.RECORDINGS))
PACKAGES = ["./plan", "./spec/capacity", "./spec/taskmanager", "./graph/flink", "./graph/flink/conf"]
TESTS = "Recorded|^TestAdaptive$|^TestHumanText$"
SAID = re.compile(r"^ +\w+_test\.go:\d+: \[([^]]+)\] (.*)", re.DOTALL)
OUTCOME = re.compile(r"^ *(--- |=== )")
CASE = re.compile(r"^[^/]+/(?:[a-z]+/)?\d+(?:\.\d+)+/(.*)$")


def found(folder):
    """The differences that the tests find in recordings: (rule, case id, what they say)."""
    command = ["nice", "go", "test", "-count=1", "-json", "-run", TESTS] + PACKAGES
    env = dict(os.environ, UDFPLAN_TRUTH=os.path.abspath(folder))
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    differences, other, current = [], [], {}
    for line in done.stdout.splitlines():
        event = json.loads(line) if line.startswith("{") else {"Action": "output", "Output": line + "\n"}
        if event["Action"] != "output":
            continue
        test = event.get("Package"), event.get("Test")
        text = event["Output"]
        said = SAID.match(text)
        if said:
            case = CASE.match(event["Test"])
            current[test] = [said.group(1), case.group(1) if case else said.group(2).strip(), said.group(2)]
            differences.append(current[test])
        elif OUTCOME.match(text):
            current.pop(test, None)
        elif test in current:
            current[test][2] += text
        else:
            other.append(text)
    if done.returncode != 0 and not differences:
        raise SystemExit("the tests failed, and not by a case that differs:\n" + "".join(other)[-4000:])
    return differences


def report(differences, answered):
    """Prints a table of rules; the number of cases that differ."""
    cases = {line.get("id", line.get("text")): line for lines in answered.values() for line in lines}
    rules = {}
    for rule, case, said in differences:
        rules.setdefault(rule, {}).setdefault(case, said)
    for rule in sorted(rules):
        of = rules[rule]
        smallest = min(of, key=lambda case: len(json.dumps(cases.get(case, case))))
        print("\n%s: %d cases differ; the smallest is %s" % (rule, len(of), smallest))
        if smallest in cases:
            print("  " + replay.dumps({k: v for k, v in cases[smallest].items() if k in ("job", "path", "env", "config", "kind", "operators", "text")}))
        print("  " + "\n  ".join(of[smallest].rstrip().splitlines()[:40]))
    return len({case for of in rules.values() for case in of})
