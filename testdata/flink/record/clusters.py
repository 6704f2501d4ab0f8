"""Random configurations: of a TaskManager's memory, of consumer weights, and memory sizes."""
import random

P, F, FH, TH = ("taskmanager.memory." + k for k in ("process.size", "flink.size", "framework.heap.size", "task.heap.size"))
FO, TO, MS, MF = ("taskmanager.memory." + k for k in ("framework.off-heap.size", "task.off-heap.size", "managed.size", "managed.fraction"))
NMIN, NMAX, NF = ("taskmanager.memory.network." + k for k in ("min", "max", "fraction"))
OMIN, OMAX, OF = ("taskmanager.memory.jvm-overhead." + k for k in ("min", "max", "fraction"))
META, SLOTS, CPU = "taskmanager.memory.jvm-metaspace.size", "taskmanager.numberOfTaskSlots", "taskmanager.cpu.cores"
OLD = ["taskmanager.heap.size", "taskmanager.heap.mb", "taskmanager.memory.size", "taskmanager.network.memory.min",
       "taskmanager.network.memory.max", "taskmanager.network.memory.fraction", "taskmanager.network.numberOfBuffers", "taskmanager.memory.segment-size"]
SIZES = ["0", "1", "64m", "79mb", "96m", "128m", "192m", "237m", "256m", "300 mb", "384m", "512m", "768m", "1g", "1280m", "1728m", "2g", "4 gb", "16g", "64g", "1t"]
TOTALS = ["256m", "512m", "700m", "1g", "1568m", "1728m", "2g", "2500m", "4g", "5000m", "8g", "12g", "32g", "128g"]
FRACTIONS = ["0", "0.0", "0.01", "0.05", "0.1", "0.15", "0.25", "0.3333", "0.4", "0.5", "0.7", "0.9", "0.99", "1", "1.1", "-0.1", "1e-3", "0.25f", " 0.3 "]
ODD = ["", "abc", "-1", "1.5g", "12 xb", "0x10", "1e3", "9223372036854775808", "8388608t", "true", " 4 ", "9223372036854775807", "NaN"]
WEIGHTS = "taskmanager.memory.managed.consumer-weights"
USES = ["OPERATOR", "STATE_BACKEND", "PYTHON"]


def size(r, sizes):
    return r.choice([lambda: "%db" % r.randrange(1 << 20, 1 << 33), lambda: "%dk" % r.randrange(1, 1 << 22), lambda: "%dm" % r.randrange(1, 9000),
                     lambda: r.choice(sizes), lambda: r.choice(sizes)])()


def taskmanager(version, seed, number):
    r = random.Random("taskmanager %d/%d" % (seed, number))
    config = {}
    for keys in r.choice([[P], [P], [P], [F], [F], [TH, MS], [F, P], [F, TH, MS], [P, TH], []]):
        config[keys] = size(r, TOTALS if keys in (P, F) else SIZES)
    often = r.choice([.03, .1, .3])
    for key in (FH, FO, TO, META, MS, TH):
        if r.random() < often * .6:
            config[key] = size(r, SIZES) if r.random() < .3 else r.choice(["0", "32m", "64m", "79m", "128m", "256m"])
    for key in (MF, NF, OF):
        if r.random() < often:
            config[key] = r.choice(FRACTIONS)
    for least, most in ((NMIN, NMAX), (OMIN, OMAX)):
        if r.random() < often * .5:
            config[least] = config[most] = r.choice(["0", "1m", "64m", "96m", "128m", "200000001b", "256m"])
        else:
            config.update({k: r.choice(["0", "32m", "64m", "192m", "512m", "1g", "2g", "10g"]) for k in (least, most) if r.random() < often * .6})
    if r.random() < .5:
        config[SLOTS] = r.choice(["1", "2", "3", "4", "5", "7", "8", "16", "32", "0", "-1", "+4", "2.0"])
    if r.random() < .08:
        config[CPU] = r.choice(["0.5", "1", "2.0", "0", "-1", "NaN", "x", "1e400", "922.3372036854775", "922.3372036854776", "92233720368.54776", "1e10", "1e11"])
    for key in OLD:
        if r.random() < .04:
            config[key] = r.choice(FRACTIONS) if key.endswith("fraction") else r.choice(["100", "2048", "65536", "x"]) if key.endswith("Buffers") else \
                r.choice(["900", "0", "-5", "1g"]) if key.endswith("mb") else r.choice(["16kb", "33000", "2kb", "2g"]) if "segment" in key else size(r, SIZES)
    if config and r.random() < .06:
        config[r.choice(sorted(config))] = r.choice(ODD)
    line = {"id": "tm-%d-%d" % (seed, number), "flink": version.name, "path": r.choice(["standalone", "standalone", "container", "direct", "local"]), "config": config}
    if r.random() < .03:
        line["env"] = {"FLINK_TM_HEAP": r.choice(["1500m", "2g", "x"])}
    return line


def weights(version, seed, number):
    r = random.Random("weights %d/%d" % (seed, number))
    old = version.number < (1, 12)
    kind = r.choice(["compute", "round", "group110"] if old else ["compute", "round", "group112", "group112", "fraction", "weights", "stateBackendUsesManaged"])
    line = {"id": "w-%d-%d" % (seed, number), "kind": kind}
    managed = r.randrange(1 << r.randrange(1, 45))
    if kind == "compute":
        line.update(managed=managed, fraction=repr(r.choice([r.random(), 1 / r.randrange(1, 40), 0.0, 1.0, r.random() / 1e9])))
    elif kind == "round":
        divisor = r.randrange(1, r.choice([20, 300, 1 << 31]))
        line.update(dividend=r.randrange(0, divisor + 1), divisor=divisor)
    elif kind == "group110":
        own = [r.randrange(0, r.choice([3, 200, 5000, 1 << 31])) for _ in range(r.randrange(1, 12))]
        line.update(managed=min(1 << 45, sum(own) << 20) + r.choice([0, 0, 1, r.randrange(1 << 20)]), weights=own, required=[w << 20 for w in own])
    elif kind == "group112":
        line.update(managed=managed, operators=[_operator(r) for _ in range(r.randrange(1, 7))], stateBackend=r.choice([True, False]), config=_weights(r))
    elif kind == "fraction":
        line.update(useCase=r.choice(USES), fractionOfUseCase=r.choice([1.0, r.random()]), all=sorted(r.sample(USES, r.randrange(0, 4))),
                    stateBackend=r.choice([None, True, False]), config=_weights(r), managed=managed)
    else:
        line["config"] = _weights(r)
        if kind == "stateBackendUsesManaged":
            line["stateBackend"] = r.choice([None, None, True, False])
            for key in r.choice([["state.backend"], ["state.backend.type"], ["state.backend", "state.backend.type"], []]):
                line["config"][key] = r.choice(["rocksdb", "hashmap", "filesystem", "jobmanager", "memory", "RocksDB", "", "org.example.Factory"])
            if r.random() < .3:
                line["config"]["state.checkpoints.dir"] = "file:///tmp/checkpoints"
    return dict(line, flink=version.name)


def _operator(r):
    operator = {}
    if r.random() < .55:
        operator["weights"] = {"OPERATOR": r.randrange(0, 500)}
    slot = [use for use in ("PYTHON", "STATE_BACKEND") if r.random() < .4]
    if slot:
        operator["slot"] = slot
    return operator


def _weights(r):
    names = r.sample(USES + ["DATAPROC", "FOO"], r.randrange(1, 4))
    text = ",".join("%s%s%s" % (name, r.choice([":", ":", ":", " : "]), r.choice([0, 1, 30, 70, 100, r.randrange(1000), -1 if r.random() < .1 else 5])) for name in names)
    return r.choice([{}, {WEIGHTS: text}, {WEIGHTS: text}, {WEIGHTS: text}, {WEIGHTS + "." + r.choice(USES): str(r.randrange(100))}])


def parse(version, seed, number):
    r = random.Random("size %d/%d" % (seed, number))
    text = r.choice(SIZES + TOTALS + ["9223372036854775807", "8388607t", "8589934591 gb", "17592186044415mebibytes"])
    for _ in range(r.randrange(0, 4)):
        at = r.randrange(0, len(text) + 1)
        text = text[:at] + r.choice(list("0123456789 \tkmgtbKMGTB.-_+") + ["kibibytes", "\u00a0", "\uff11"]) + text[at + r.randrange(0, 2):]
    return {"text": text}


def format(version, seed, number):
    r = random.Random("bytes %d/%d" % (seed, number))
    return {"bytes": r.choice([r.randrange(1 << r.randrange(1, 63)), (r.randrange(1, 2000) << r.choice([10, 20, 30, 40])) + r.randrange(-1, 2)])}
