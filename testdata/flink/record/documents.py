"""Has a PyFlink give out its documents again (pyflink/), and holds them to testdata/flink/formats, but for ids that are random."""
import concurrent.futures
import glob
import os
import re
import subprocess
import sys

import tables

FOLDER = os.path.join(tables.HERE, "pyflink")
KINDS = ("A.json", "B.json", "E.json", "F.explain.txt", "F.explain_all.txt")
RANDOM = re.compile(r'(?<="jid":")[0-9a-f]{32}')
COUNTED = re.compile(r'(\[|"(?:id|source|target)"\s*:\s*)(\d+)')


def environment(version):
    """The Python of a virtual environment with that PyFlink, made where it is not there; .ci/pyflink uses the same."""
    folder = os.path.join(os.environ.get("UDFPLAN_PYFLINK_DIR") or os.path.expanduser("~/.cache/udfplan-pyflink"), version.name)
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python) or subprocess.run([python, "-c", "import pyflink"], stderr=subprocess.DEVNULL).returncode:
        print("getting PyFlink %s" % version.name, flush=True)
        for command in ([os.environ.get("PYTHON") or sys.executable, "-m", "venv", folder],
                        # setuptools 81 and later have no pkg_resources, which the Beam of PyFlink 1.20 imports.
                        [python, "-m", "pip", "install", "-q", "setuptools<81", "wheel"],
                        [python, "-m", "pip", "install", "-q", "apache-flink==" + version.name]):
            subprocess.run(["nice"] + command, check=True)
    return python


def again(version, work):
    """Rows of (kind, recorded of, documents, differing), as replay.again has them; differing are names and what differs."""
    recorded = os.path.join(tables.RECORDINGS, "formats", version.name)
    jobs = sorted(os.path.basename(path)[:-len(".A.json")] for path in glob.glob(os.path.join(recorded, "*.A.json")))
    if not jobs or version.number < (1, 13):  # before anything is downloaded
        raise SystemExit("--documents: none of Flink %s that can be given out again; README.md says why" % version.name)
    python = environment(version)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folders = list(pool.map(lambda job: _give_out(python, job, os.path.join(work, job)), jobs))
    rows = []
    for kind in KINDS:
        names = sorted(os.path.basename(path) for path in glob.glob(os.path.join(recorded, "*." + kind)))
        differ = [(name, why) for name in names for why in [_differs(os.path.join(recorded, name), os.path.join(work, name[:-len(kind) - 1], name))] if why]
        new = {os.path.basename(path) for folder in folders for path in glob.glob(os.path.join(folder, "*." + kind))} - set(names)
        rows.append((kind, version.name, len(names), differ + [(name, "is given out now, and not recorded") for name in sorted(new)]))
    return rows


def _give_out(python, job, folder):
    os.makedirs(folder)
    run = dict(os.environ, PYTHONPATH=FOLDER, PYTHONDONTWRITEBYTECODE="1", FLINK_LOG_DIR=folder, JVM_ARGS="-Xmx700m", _python_worker_execution_mode="process")
    for key in ("FLINK_HOME", "FLINK_CONF_DIR"):
        run.pop(key, None)
    done = subprocess.run(["nice", python, os.path.join(FOLDER, "documents.py"), job, folder], cwd=folder, env=run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print("%s failed:\n%s" % (job, done.stdout[-2000:]))
    return folder


def _plain(text):
    """A document without what is random in it; ids that count on over the life of a JVM are numbered as they appear: 2.3.0 was recorded in one."""
    seen = {}, {}

    def number(match):
        of = seen[match[1] != "["]
        return match[1] + str(of.setdefault(match[2], len(of)))
    return COUNTED.sub(number, RANDOM.sub("", text))


def _differs(recorded, now):
    if not os.path.exists(now):
        return "is not given out any more"
    with open(recorded, encoding="utf-8", newline="") as a, open(now, encoding="utf-8", newline="") as b:
        was, is_ = _plain(a.read()), _plain(b.read())
    if was == is_:
        return None
    at = next((i for i, (x, y) in enumerate(zip(was, is_)) if x != y), min(len(was), len(is_)))
    return "from character %d on: %r became %r" % (at, was[at:at + 60], is_[at:at + 60])
