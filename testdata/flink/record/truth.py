"""Asks a real Flink and holds the model to what it answers: .ci/truth has the command line."""
import argparse
import json
import os
import sys
import tempfile
import time

import clusters
import confs
import differences
import documents
import finegrained
import flink
import graphs
import profiles
import replay
import tables

FRESH = {  # what is made of a seed, and how many of it for M cases: M graphs, M configurations
    "chains": (1, lambda v, seed, i: {"id": "random/%d/%d" % (seed, i), "job": graphs.job(v, seed, i), "flink": v.name}),
    "taskmanager": (1, clusters.taskmanager),
    "weights": (.5, clusters.weights),
    "memorysize-parse": (.5, clusters.parse),
    "memorysize-format": (.2, clusters.format),
    "conf-legacy": (.4, confs.legacy),
    "conf-yaml": (.4, confs.standard),
    "graphs": (.4, profiles.graph),
    "fill": (.4, profiles.fill),
}


def arguments():
    parser = argparse.ArgumentParser(prog=".ci/truth", description="Records a version of Flink and holds udfplan to it.")
    parser.add_argument("version", help="a version of Flink; the rules of a version that versions.tsv does not have are those of the nearest one")
    parser.add_argument("--as", dest="rules", metavar="VERSION", help="hold it to the rules of this known version instead")
    parser.add_argument("--seed", type=int, help="record random jobs and configurations of this seed in place of the recorded ones")
    parser.add_argument("--cases", type=int, default=1000, help="that many graphs, and that many configurations of each kind")
    parser.add_argument("--only", metavar="KIND", action="append", choices=list(FRESH), help="of a seed, this kind alone; may be repeated")
    parser.add_argument("--keep", metavar="FOLDER", help="leave what was recorded there")
    parser.add_argument("--clusters", action="store_true", help="also run the jobs with profiles again, each on a MiniCluster: some minutes")
    parser.add_argument("--documents", action="store_true", help="also have that PyFlink give out its documents again: some minutes")
    parser.add_argument("--write", action="store_true", help="write what was recorded into testdata/flink")
    return parser.parse_args()


def main():
    given = arguments()
    version, known = tables.find(given.version)
    known = tables.versions()[given.rules] if given.rules else known
    began = time.time()
    with tempfile.TemporaryDirectory() as work:
        jars = flink.build(version, work)
        if given.seed is None:
            differ = recorded(version, known, jars, work, given)
        else:
            differ = fresh(version, known, jars, work, given)
    print("%s: %s, %d s" % (version.name, "%d cases differ" % differ if differ else "no case differs", time.time() - began))
    return 1 if differ else 0


def recorded(version, known, jars, work, given):
    """Asks again what is recorded; the answers of a version that is not known yet go through the project's own tests."""
    rows, answered = replay.again(version, known, jars, work)
    if version.name == known.name:
        rows += finegrained.again(version, known, jars, work, ["graphs", "fill"] + (["clusters"] if given.clusters else []))
    if given.documents:
        rows += documents.again(version, work)
    differ = 0
    for kind, source, cases, changed in rows:
        said = "as %s" % source if source != version.name else "its own"
        print("%-18s %5d cases, recorded %-10s %s" % (kind, cases, said, "byte for byte" if not changed else "%d differ" % len(changed)))
        for was, now in sorted(changed, key=lambda pair: len(json.dumps(pair[1])))[:1]:
            print("  %s %s" % (was, now) if isinstance(was, str) else "  - %s\n  + %s" % (replay.dumps(was), replay.dumps(now)))
        differ += len(changed)
    if given.write:
        replay.write(version, answered)
    if version.name != known.name:
        return judged(known, answered, work, given)
    return differ


def fresh(version, known, jars, work, given):
    """Asks what nobody asked before."""
    asked = {kind: [make(version, given.seed, i) for i in range(int(given.cases * share))]
             for kind, (share, make) in FRESH.items() if known.recorded_as(finegrained.known_by(kind)) and kind in (given.only or FRESH)}
    profiled = {kind: asked.pop(kind) for kind in finegrained.FILES if kind in asked}
    if version.number >= (2, 0) and "chains" in asked:  # its default batch scheduler makes the graph otherwise
        asked["adaptive"] = [q for q in asked["chains"] if q["job"]["mode"] == "batch" and "jobmanager.scheduler" not in q["job"]["config"]]
        asked["chains"] = [q for q in asked["chains"] if q not in asked["adaptive"]]
    answered = dict(replay.ask(version, jars, asked, work), **finegrained.ask(version, jars, profiled, work))
    return judged(known, answered, work, given)


def judged(known, answered, work, given):
    """Has the project's tests compare, as the known version, and prints what differs by rule."""
    folder = given.keep or os.path.join(work, "recordings")
    replay.lay(folder, known, answered)
    for kind, lines in answered.items():
        print("%-18s %5d cases, %d refused by Flink" % (kind, len(lines), sum(map(replay.refused, lines))))
    return differences.report(differences.found(folder), answered)


if __name__ == "__main__":
    sys.exit(main())
