"""Random jobs whose slot sharing groups have profiles, and random slots that TaskManagers are started for."""
import random

SIZES = ["1b", "1kb", "64mb", "128mb", "134217729b", "512mb", "3gb", "1025b"]
CORES = [0.1, 0.25, 0.5, 0.75, 1, 1, 1.5, 2, 3.125, 1.123456789012, 0.3333333333, 1000, 1000000]
BATCH = ["ALL_EXCHANGES_PIPELINED", "ALL_EXCHANGES_BLOCKING", "all_exchanges_blocking"]


def graph(version, seed, number):
    """A job for finegrained/Graphs.java: operators one after another, each with at most one input, in groups with and without profiles."""
    r = random.Random("profiles %d/%d" % (seed, number))
    job = {"mode": r.choice(["streaming", "streaming", "batch"]), "config": {}, "slotSharingGroups": [], "operators": []}
    for i in range(r.randrange(2, 7)):
        job["operators"].append(_operator(r, i, job["operators"]))
    read = {i if isinstance(i, str) else i["from"] for o in job["operators"] for i in o.get("inputs", [])}
    for source in [o["id"] for o in job["operators"] if "inputs" not in o and o["id"] not in read]:  # what nobody reads gets into no graph
        job["operators"].append({"id": "of-" + source, "parallelism": 1, "inputs": [source], "chainingStrategy": "head"})
    named = {o["slotSharingGroup"] for o in job["operators"] if "slotSharingGroup" in o}
    if "slotSharingGroup" not in job["operators"][0]:
        named.add("default")
    job["slotSharingGroups"] = [dict(_profile(r), name=name) for name in sorted(named) if name != "plain" and r.random() < .7]
    # An operator that names no group is in the group default only by its name: a profile of that is registered.
    registered = [g["name"] for g in job["slotSharingGroups"] if g["name"] == "default" or r.random() < .3]
    if job["mode"] == "batch":
        _batch(r, version, job["config"])
    return {"id": "fg-%d-%d" % (seed, number), "flink": version.name, "job": job, "registered": registered}


def _operator(r, number, before):
    operator = {"id": "o%d" % number, "parallelism": r.choice([1, 1, 2, 3])}
    if before and r.random() < .85:
        source = r.choice(before[-2:])["id"]
        operator["inputs"] = [source if r.random() < .6 else {"from": source, "shipStrategy": "rebalance"}]
        if r.random() < .8:
            operator["chainingStrategy"] = "head"
        if r.random() < .3:
            operator["python"] = True
        if r.random() < .2:
            operator["managedMemory"] = r.choice(["1mb", "64mb", "128mb"])
    if r.random() < .55:
        operator["slotSharingGroup"] = r.choice(["heavy", "light", "plain", "default"])
    return operator


def _profile(r):
    profile = {"cpuCores": r.choice(CORES), "taskHeap": r.choice(SIZES)}
    for key in ("taskOffHeap", "managed"):
        if r.random() < .6:
            profile[key] = r.choice(SIZES + ["0b"])
    if r.random() < .12:
        profile.update(r.choice([{"cpuCores": 0}, {"cpuCores": -1}, {"taskHeap": "0b"}]))
    if r.random() < .12:
        for key in r.choice([["cpuCores"], ["taskHeap"], ["cpuCores", "taskHeap"], list(profile)]):
            profile.pop(key, None)
    return profile


def _batch(r, version, config):
    if r.random() < .75:
        config["fine-grained.shuffle-mode.all-blocking"] = r.choice(["true", "true", "true", "false"])
    if r.random() < .4:
        hybrid = ["ALL_EXCHANGES_HYBRID_FULL", "ALL_EXCHANGES_HYBRID_SELECTIVE"] if version.number >= (1, 16) else []
        config["execution.batch-shuffle-mode"] = r.choice(BATCH + hybrid)
    if version.number >= (1, 17) and r.random() < .5:
        config["jobmanager.scheduler"] = "Default"


def fill(version, seed, number):
    """Slots for finegrained/Fill.java: some sizes, each so many times, in TaskManagers of one size."""
    r = random.Random("fill %d/%d" % (seed, number))
    part = lambda most, rough: r.choice([0, most, most // 2, most // 3, r.randrange(most + 1), r.randrange(most // rough + 1)])
    total = {"cpuCores": r.choice([0.5, 1, 2, 3, 4, 7.5, 16]), "taskHeap": r.choice([402653174, 1 << 30]), "taskOffHeap": r.choice([0, 0, 1 << 27]),
             "managed": r.choice([536870920, 1 << 30, 0]), "network": 134217730, "slots": r.choice([1, 2, 3, 4, 7])}
    slots, seen = [], set()
    for _ in range(r.randrange(1, 6)):
        size = {"cpuCores": r.choice([0.1, 0.25, 0.5, 1, 1.5, 2, 0.33333333, 5]), "network": part(total["network"], 8)}
        size.update((key, part(total[key], 4) + (r.random() < .02)) for key in ("taskHeap", "taskOffHeap", "managed"))
        if r.random() < .1:
            size = {"unknown": True}
        part_of_all = {key: int(total[key] / total["slots"] * 1e8) / 1e8 if key == "cpuCores" else total[key] // total["slots"] for key in total if key != "slots"}
        same = str(sorted((key, float(value)) for key, value in (part_of_all if "unknown" in size else size).items()))  # the recorder counts slots by their size
        if same not in seen:
            seen.add(same)
            slots.append(dict(size, count=r.choice([1, 2, 3, 5, 8, 13])))
    return {"id": "fill-%d-%d" % (seed, number), "taskManager": total, "slots": slots, "spread": r.random() < .3}
