#!/usr/bin/env python3
"""The exact rules of Flink for operator chaining, slot sharing groups and managed memory fractions (our own words).

plan(job, version) -> dict with chains, slotSharing, edges, memory (same shape as "expect" of a case) or {"error": {...}}.
`python3 chains.py ../../testdata/flink/chains/*.jsonl` compares it with what real Flink said.

Versions: V = (1,10) ... (1,20), (2,2), (2,3) were compared. Where a rule changes it is marked with V (table: ../flink-rules.md, C).
"""
import json, sys
from decimal import Decimal, ROUND_DOWN, getcontext
getcontext().prec = 60

class FlinkError(Exception):
    def __init__(self, cls, msg): self.cls, self.msg = cls, msg

ILL_ARG, ILL_STATE, UNSUP = "java.lang.IllegalArgumentException", "java.lang.IllegalStateException", "java.lang.UnsupportedOperationException"
ILL_CONF = "org.apache.flink.configuration.IllegalConfigurationException"
NAMES = {"forward": "FORWARD", "rebalance": "REBALANCE", "rescale": "RESCALE", "shuffle": "SHUFFLE", "hash": "HASH",
         "broadcast": "BROADCAST", "global": "GLOBAL", "custom": "CUSTOM"}
UNITS = {"": 1, "b": 1, "bytes": 1}
for i, us in enumerate((("k", "kb", "kibibytes"), ("m", "mb", "mebibytes"), ("g", "gb", "gibibytes"), ("t", "tb", "tebibytes")), 1):
    for u in us: UNITS[u] = 1 << (10 * i)
def mem_bytes(s):
    s = s.strip(); n = len(s) - len(s.lstrip("0123456789")); return int(s[:n]) * UNITS[s[n:].strip().lower()]
def int32(x): return (x + 2**31) % 2**32 - 2**31
def floor16(a, b):
    """BigDecimal a/b, scale 16, ROUND_DOWN, then doubleValue()."""
    return float((Decimal(a) / Decimal(b)).quantize(Decimal(1).scaleb(-16), rounding=ROUND_DOWN))
def parse_enum(c, key, default, values):
    """Flink reads an enum option with toUpperCase + the constant's name: case is free, dashes are not."""
    x = c.get(key, default)
    for v in values:
        if v.upper() == x.upper(): return v
    raise FlinkError(ILL_ARG, "Could not parse value '%s' for key '%s'." % (x, key))
def truth(s): return str(s).strip().lower() == "true"

# ------------------------------------------------------------------------------------------------ settings of a run
class Settings:
    def __init__(s, job, V):
        c = s.conf = job.get("config", {})
        s.V, s.batch = V, job.get("mode") == "batch"
        s.sql = s.batch and job.get("api", "sql") != "datastream"
        s.datastream_batch = s.batch and (V >= (1, 14) or (V >= (1, 12) and not s.sql))   # RuntimeExecutionMode.BATCH
        # 1.10-1.13 SQL batch forces chaining on in the StreamGraph, whatever pipeline.operator-chaining says
        on = c.get("pipeline.operator-chaining", "true")
        if V >= (1, 18): on = c.get("pipeline.operator-chaining.enabled", on)
        if V >= (1, 12) and on.lower() not in ("true", "false"):     # the message names the new key even if the old one was set
            raise FlinkError(ILL_ARG, "Could not parse value '%s' for key 'pipeline.operator-chaining%s'." % (on, ".enabled" if V >= (1, 18) else ""))
        s.chaining = True if (s.batch and s.sql and V <= (1, 13)) else truth(on)
        s.chain_diff_max = True if V < (1, 18) else truth(c.get("pipeline.operator-chaining.chain-operators-with-different-max-parallelism", "true"))
        # dynamic graph = adaptive batch scheduler. 1.15/1.16: only when set, and then in streaming jobs too; 1.17+: default, batch only
        s.dynamic = False
        if V >= (1, 15):                                             # read in streaming jobs too
            known = ["Adaptive", "AdaptiveBatch"] + (["Ng"] if V < (2, 0) else []) + (["Default"] if V >= (1, 16) else [])
            sched = parse_enum(c, "jobmanager.scheduler", "AdaptiveBatch" if V >= (1, 17) else "Ng", known)
            s.dynamic = sched == "AdaptiveBatch" and (s.batch or V < (1, 17))
        s.batch_state = s.datastream_batch and truth(c.get("execution.batch-state-backend.enabled", "true"))
        # one slot sharing group for all chains of group "default"?  (False: one per pipelined region)
        s.all_in_default_group = not s.batch or (V in ((1, 12), (1, 13)) and not s.sql)
        # what an edge without its own exchange mode becomes
        modes = ["ALL_EXCHANGES_BLOCKING", "ALL_EXCHANGES_PIPELINED"] + (["ALL_EXCHANGES_HYBRID_FULL", "ALL_EXCHANGES_HYBRID_SELECTIVE"] if V >= (1, 16) else [])
        if (1, 14) <= V <= (1, 18): parse_enum(c, "execution.batch-shuffle-mode", modes[0], modes)     # in streaming jobs too
        if not s.batch: s.exchange = "ALL_EDGES_PIPELINED"
        elif V == (1, 10):
            m = c.get("table.exec.shuffle-mode", "batch").lower()
            if m not in ("batch", "pipelined"): raise FlinkError(ILL_ARG, "table.exec.shuffle-mode can only be set to BATCH or PIPELINED")
            s.exchange = "ALL_EDGES_BLOCKING" if m == "batch" else "ALL_EDGES_PIPELINED"
        elif V <= (1, 13) and s.sql:
            m0 = c.get("table.exec.shuffle-mode", "ALL_EDGES_BLOCKING")
            m = {"batch": "ALL_EDGES_BLOCKING", "pipelined": "ALL_EDGES_PIPELINED"}.get(m0.lower(), m0).upper()
            if m not in ("ALL_EDGES_BLOCKING", "FORWARD_EDGES_PIPELINED", "POINTWISE_EDGES_PIPELINED", "ALL_EDGES_PIPELINED", "ALL_EDGES_PIPELINED_APPROXIMATE"):
                raise FlinkError(ILL_ARG, "Unsupported value %s for config table.exec.shuffle-mode." % m0)
            s.exchange = m
        elif V <= (1, 13): s.exchange = "FORWARD_EDGES_PIPELINED"
        else: s.exchange = parse_enum(c, "execution.batch-shuffle-mode", "ALL_EXCHANGES_BLOCKING", modes).replace("EXCHANGES", "EDGES")

# ------------------------------------------------------------------------------------------------ the stream graph
class Node: pass
class Edge: pass

def upstream_first(ops):
    """The operators as listed, but never before their inputs."""
    by, done, out = {o["id"]: o for o in ops}, set(), []
    def put(o):
        if o["id"] in done: return
        done.add(o["id"])
        for i in o.get("inputs", []): put(by[i["from"]])
        out.append(o)
    for o in ops: put(o)
    return out

def stream_graph(job, s):
    V, nodes, edges = s.V, {}, []
    if s.datastream_batch and s.batch_state and not truth(s.conf.get("execution.sorted-inputs.enabled", "true")):
        raise FlinkError(ILL_STATE, "Batch state backend requires the sorted inputs to be enabled!")
    for order, op in enumerate(upstream_first(job["operators"])):
        n = Node(); nodes[op["id"]] = n
        n.id, n.op, n.order, n.ins, n.outs = op["id"], op, order, [], []
        n.source = not op.get("inputs")
        n.newsource = n.source and V >= (1, 12) and not op.get("legacySource")
        n.par = op.get("parallelism", job.get("parallelism", 1))
        m = op.get("maxParallelism", -1)
        if "maxParallelism" in op:
            if m <= 0: raise FlinkError(ILL_ARG, "The maximum parallelism must be greater than 0.")
            if m > 32768: raise FlinkError(ILL_ARG, "Maximum parallelism must be between 1 and 32768. Found: %d" % m)
        n.max = m if m > 0 else job.get("maxParallelism", -1)        # job-wide value fills in unset ones
        # default strategy here = ALWAYS as SQL/DataStream operators have; a source's own default only has to be "not NEVER"
        n.strategy = op.get("chainingStrategy", "head" if n.source else "always")
        n.yielding = bool(op.get("async"))
        if n.yielding and V < (1, 11): n.strategy = "head"
        # slot sharing group NAME: own > common name of all inputs > "default"
        ups = [nodes[i["from"]] for i in op.get("inputs", [])]
        g = op.get("slotSharingGroup")
        if g is None:
            names = {u.group for u in ups}
            g = names.pop() if len(names) == 1 else "default"
        n.group = g
        n.label = ("Source: " if n.source else "") + op.get("name", op["id"])
        # ---- managed memory declarations
        n.weights, n.slotscope = {}, set()
        if V <= (1, 11):
            mm = op.get("managedMemory")
            # a Python operator declares framework + buffer: in 1.10 SQL batch (streaming: nothing), in 1.11 if python.fn-execution.memory.managed
            if mm is None and op.get("python") and ((V == (1, 10) and s.sql) or (V == (1, 11) and truth(s.conf.get("python.fn-execution.memory.managed", "false")))):
                mm = "%db" % (mem_bytes(s.conf.get("python.fn-execution.framework.memory.size", "64mb")) + mem_bytes(s.conf.get("python.fn-execution.buffer.memory.size", "15mb")))
            if mm is None and not (s.sql and not op.get("api") == "datastream"): n.weight = 1   # Transformation default
            else:                                                                     # ExecNode.setManagedMemoryWeight: KiB
                b = mem_bytes(mm or "0")
                n.weight = 0 if b == 0 else max(1, int32(b >> 10))
        else:
            if op.get("managedMemory") and mem_bytes(op["managedMemory"]) > 0: n.weights["OPERATOR"] = max(1, int32(mem_bytes(op["managedMemory"]) >> 10)) if V <= (1, 13) else max(1, mem_bytes(op["managedMemory"]) >> 20)   # 1.12, 1.13: KiB, then MiB
            if op.get("python"): n.slotscope.add("PYTHON")
            if op.get("stateBackend") or op.get("keyed"): n.slotscope.add("STATE_BACKEND")
            if op.get("keyed") and s.datastream_batch:
                # sorted inputs for keyed operators in DataStream batch mode
                if n.strategy in ("always", "head-with-sources"): n.strategy = "head"
                w = 1 if V <= (1, 13) else max(1, mem_bytes(s.conf.get("execution.sorted-inputs.memory", "128mb")) >> 20)
                if truth(s.conf.get("execution.sorted-inputs.enabled", "true")): keyed_batch(n, w, V)
        # ---- edges; ports in order, union inside a port in order
        # (order of outs is fixed below)
        for e_in in sorted(enumerate(op.get("inputs", [])), key=lambda x: (x[1].get("port", x[0]), x[0])):
            i, inp = e_in
            e = Edge(); e.up, e.down = nodes[inp["from"]], n
            e.port = inp.get("port", i)
            ship, e.mode = inp.get("shipStrategy"), inp.get("exchange", "undefined")
            e.unspecified = e.conshash = False
            if ship is None:
                ship = "forward" if e.up.par == n.par else "rebalance"
                e.unspecified = ship == "forward" and s.dynamic          # ForwardForUnspecifiedPartitioner
            if ship == "forward-consecutive-hash":
                ship = "forward" if e.up.par == n.par or V < (1, 16) else "hash"      # 1.15: the forward error below
                e.conshash = ship == "forward"
            if ship == "forward" and e.up.par != n.par:
                raise FlinkError(UNSUP, "Forward partitioning does not allow change of parallelism. Upstream operation: %s-<id> parallelism: %d, downstream operation: %s-<id> parallelism: %d You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global." % (e.up.label, e.up.par, n.label, n.par))
            e.ship = ship
            n.ins.append(e); edges.append(e)
    # Out-edges are in the order in which the consumers were added to the graph. DataStream: order of the API calls.
    # SQL planner (job.consumerOrder: from-sinks): only sinks are known, everything else is added depth first, inputs before the consumer.
    order, seen = [], set()
    def visit(n):
        if n.id in seen: return
        for e in n.ins: visit(e.up)
        if n.id not in seen: seen.add(n.id); order.append(n)
    used = {e.up.id for e in edges}
    for n in nodes.values():
        if not n.source and (not job.get("consumerOrder") == "from-sinks" or n.id not in used): visit(n)
    for n in order:
        for e in n.ins: e.up.outs.append(e)
    return nodes, edges

def keyed_batch(n, w, V):
    """DataStream batch, keyed operator (inputs are sorted by key). V == 1.12: the node's declarations are REPLACED by
    {OPERATOR: 1} and no slot-scope use case (a declared PYTHON is lost!). Later: OPERATOR weight (1.13: 1; 1.14+: sorted-inputs
    memory in MiB) is merged with the declared ones; a different declared OPERATOR weight is an error."""
    if V == (1, 12):
        n.weights, n.slotscope = {"OPERATOR": w}, set()
    else:
        if n.weights.get("OPERATOR", w) != w:
            raise FlinkError(ILL_STATE, "Conflict managed memory consumer weights for 'OPERATOR' were configured: '%d' and '%d'." % (w, n.weights["OPERATOR"]))
        n.weights["OPERATOR"] = w

# ------------------------------------------------------------------------------------------------ chaining
def chainable_input(e, s):
    V, up, down = s.V, e.up, e.down
    if not s.chaining or up.group != down.group: return False
    if up.strategy == "never": return False
    if down.strategy in ("never", "head"): return False
    if down.strategy == "head-with-sources" and (V < (1, 12) or not up.newsource): return False
    if down.yielding and V >= (1, 11):
        h = up                                     # head of the chain that `up` is in
        while len(h.ins) == 1 and chainable(h.ins[0], s): h = h.ins[0].up
        if h.source and not h.newsource: return False
    if e.ship != "forward": return False
    if e.mode == "blocking" and not e.conshash: return False
    if up.par != down.par: return False
    if not s.chain_diff_max and up.max != down.max: return False
    return not any(x is not e and x.port == e.port for x in down.ins)       # no union on that input (V >= 1.12, else moot)

def chainable(e, s): return len(e.down.ins) == 1 and chainable_input(e, s)

def forward_groups_first(nodes, edges, s):
    """2.x adaptive batch: operators joined by forward edges are one forward group before anything is chained, and all get the smallest
    maxParallelism set in it. An edge whose strategy was left out is a forward edge if it would be chained without that."""
    chains, head_of = build_chains(nodes, edges, s)
    g = {x: x for x in nodes}
    def find(x):
        while g[x] != x: x = g[x]
        return x
    for e in edges:
        chained = head_of[e.up.id] == head_of[e.down.id] and chainable_input(e, s) and (chainable(e, s) or e.up.newsource)
        if chained or (e.ship == "forward" and not e.unspecified): g[find(e.down.id)] = find(e.up.id)
    low = {}
    for x, n in nodes.items():
        if n.max > 0: low[find(x)] = min(n.max, low.get(find(x), 1 << 30))
    for x, n in nodes.items(): n.max = low.get(find(x), n.max)

def build_chains(nodes, edges, s):
    srcs = {}                                        # head id -> chained sources (1.12+)
    if s.V >= (1, 12):
        for n in nodes.values():
            if n.newsource and len(n.outs) == 1 and n.outs[0].down.strategy == "head-with-sources" and chainable_input(n.outs[0], s):
                srcs.setdefault(n.outs[0].down.id, []).append(n.id)
    pulled = {x for l in srcs.values() for x in l}
    chains, head_of = [], {}
    for n in nodes.values():
        if n.id in pulled or (n.id not in srcs and len(n.ins) == 1 and chainable(n.ins[0], s)): continue
        chain = []
        def walk(x):
            chain.append(x.id)
            for e in x.outs:                         # in the order in which the consumers were added
                if chainable(e, s): walk(e.down)
        walk(n)
        chain += srcs.get(n.id, [])
        chains.append(chain)
        for x in chain: head_of[x] = n.id
    return chains, head_of

# ------------------------------------------------------------------------------------------------ exchange
def partition_type(e, s):
    if e.mode == "pipelined": return "pipelined_bounded"
    if e.mode == "blocking": return "blocking"
    m = s.exchange
    if m == "ALL_EDGES_BLOCKING": return "blocking"
    if m == "FORWARD_EDGES_PIPELINED": return "pipelined_bounded" if e.final == "FORWARD" else "blocking"
    if m == "POINTWISE_EDGES_PIPELINED": return "pipelined_bounded" if e.final in ("FORWARD", "RESCALE") else "blocking"
    if m == "ALL_EDGES_PIPELINED": return "pipelined_bounded"
    if m == "ALL_EDGES_PIPELINED_APPROXIMATE": return "pipelined_approximate"
    if m == "ALL_EDGES_HYBRID_FULL": return "hybrid_full"
    if m == "ALL_EDGES_HYBRID_SELECTIVE": return "hybrid_selective"
    raise ValueError(m)

def forward_group_max(nodes, edges, chains, head_of):
    """Dynamic graphs: chains connected by FORWARD job edges are one forward group; all get the smallest maxParallelism set in it."""
    g = {c[0]: c[0] for c in chains}
    def find(x):
        while g[x] != x: x = g[x]
        return x
    for e in edges:
        if e.part and e.final == "FORWARD": g[find(head_of[e.down.id])] = find(head_of[e.up.id])
    low = {}
    for h in g:
        if nodes[h].max > 0: low[find(h)] = min(nodes[h].max, low.get(find(h), 1 << 30))
    return {h: low[find(h)] for h in g if find(h) in low}

def hybrid_full_instead(nodes, edges, chains, head_of, out_edges, s):
    """1.17+: HYBRID_SELECTIVE becomes HYBRID_FULL on broadcast edges and where one output is read by two or more consumers with
    equal partitioner, parallelism and maxParallelism (hash and custom: equal only with the same key selector object; here
    every edge has its own)."""
    if s.V < (1, 17): return
    limit = forward_group_max(nodes, edges, chains, head_of) if s.dynamic else {}
    readers = {}
    for e, o in zip(edges, out_edges):
        if e.part == "hybrid_selective": readers.setdefault((e.up.id, e.final if e.final not in ("HASH", "CUSTOM") else id(e), e.down.par, limit.get(head_of[e.down.id], e.down.max)), []).append((e, o))
    for k, l in readers.items():
        if len(l) > 1 or k[1] == "BROADCAST":
            for e, o in l: e.part = o["partition"] = "hybrid_full"

# ------------------------------------------------------------------------------------------------ slot sharing
def phases(nodes, edges, chains, head_of):
    """2.x adaptive batch: a job vertex is only created when all its producers have finished; all vertices created by one
    "vertex finished" event are one phase. Here vertices finish in the order in which they were created."""
    ups, downs = {}, {}
    for e in edges:
        if e.part: ups.setdefault(head_of[e.down.id], set()).add(head_of[e.up.id]); downs.setdefault(head_of[e.up.id], []).append(head_of[e.down.id])
    created = [c[0] for c in chains if c[0] not in ups or nodes[c[0]].source]
    phase, done, i = {h: 0 for h in created}, set(), 0
    while i < len(created):
        h = created[i]; done.add(h); i += 1
        for d in downs.get(h, []):
            if d not in phase and ups[d] <= done: phase[d] = i; created.append(d)
    return phase

def slot_sharing(nodes, edges, chains, head_of, s):
    heads = [c[0] for c in chains]
    ph = phases(nodes, edges, chains, head_of) if s.adaptive else {h: 0 for h in heads}
    real = [(head_of[e.up.id], head_of[e.down.id], e.part) for e in edges if e.part]
    def regions(limit):
        """pipelined regions of the part of the graph that exists (2.x adaptive: vertices of phases <= limit)"""
        region = {h: h for h in heads}
        def find(x):
            while region[x] != x: x = region[x]
            return x
        links = [(a, b, t) for a, b, t in real if ph[a] <= limit and ph[b] <= limit]
        for a, b, t in links:
            if t == "pipelined_bounded" or (t == "pipelined_approximate" and s.V >= (1, 14)): region[find(b)] = find(a)
        while s.V in ((1, 12), (1, 13)):             # only there: regions on a cycle (through blocking edges) are merged
            succ = {}
            for a, b, t in links:
                if find(a) != find(b): succ.setdefault(find(a), set()).add(find(b))
            def reach(x):
                seen, st = set(), [x]
                while st:
                    for y in succ.get(st.pop(), ()):
                        if y not in seen: seen.add(y); st.append(y)
                return seen
            cyc = [(x, y) for x in list(succ) for y in reach(x) if y != x and x in reach(y)]
            if not cyc: break
            region[find(cyc[0][1])] = find(cyc[0][0])
        return find
    finds = {p: regions(p) for p in set(ph.values())}
    groups = {}
    for c in chains:
        g = nodes[c[0]].group
        key = ("name", g) if g != "default" else ("default",) if s.all_in_default_group else ("region", finds[ph[c[0]]](c[0]))
        if g != "default" and s.V >= (1, 16) and any(t.startswith("hybrid") for _, _, t in real):
            raise FlinkError(ILL_STATE, "hybrid shuffle mode currently does not support setting non-default slot sharing group.")
        groups.setdefault((ph[c[0]], key), []).extend(c)              # 2.x adaptive: not even a NAMED group crosses phases
    co = {}
    where = {x: k for k, l in groups.items() for x in l}
    for c in chains:                                 # co-location key of the head only
        k = nodes[c[0]].op.get("coLocation")
        if k is not None and co.setdefault((ph[c[0]], k), where[c[0]]) != where[c[0]]:      # 2.x adaptive: in each phase
            raise FlinkError(ILL_STATE, "Cannot co-locate operators from different slot sharing groups")
    return list(groups.values())

# ------------------------------------------------------------------------------------------------ managed memory
def consumer_weights(s):
    """-> {use case: weight} or an error text"""
    key = "taskmanager.memory.managed.consumer-weights"
    names = [x.split(":")[0].strip() for x in s.conf.get(key, "").split(",")]
    if len(set(names)) < len(names): raise FlinkError(ILL_ARG, "Could not parse value '%s' for key '%s'." % (s.conf[key], key))
    raw = dict(x.split(":") for x in s.conf.get(key, "DATAPROC:70,PYTHON:30" if s.V == (1, 12) else "OPERATOR:70,STATE_BACKEND:70,PYTHON:30").split(","))
    raw = {k.strip(): v.strip() for k, v in raw.items()}
    out = {}
    def num(x):
        try: return int(x)
        except ValueError: raise FlinkError("java.lang.NumberFormatException", 'For input string: "%s"' % x)
    if s.V == (1, 12):
        for k, v in raw.items():
            w = num(v)
            if w < 0: raise FlinkError(ILL_CONF, "Managed memory weight should not be negative. Configured weight for %s is %d." % (k, w))
            if k == "DATAPROC": out["OPERATOR"] = out["STATE_BACKEND"] = w
            elif k == "PYTHON": out["PYTHON"] = w
            else: raise FlinkError(ILL_CONF, "Unknown managed memory consumer: " + k)
    else:
        old = "DATAPROC" if s.V < (2, 0) else None                    # the old name is gone in 2.x (silently ignored)
        for uc, names in (("OPERATOR", ("OPERATOR", old)), ("STATE_BACKEND", ("STATE_BACKEND", old)), ("PYTHON", ("PYTHON",))):
            for nm in names:
                if nm in raw:
                    w = num(raw[nm])
                    if w < 0: raise FlinkError(ILL_CONF, "Managed memory weight should not be negative. Configured weight for %s is %d." % (uc, w))
                    out[uc] = w; break
    return out

def memory(nodes, groups, s):
    mem = {}
    for g in groups:
        if s.V <= (1, 11):
            total = int32(sum(nodes[x].weight for x in g))            # per OPERATOR, summed over the slot sharing group
            for x in g: mem[x] = {"weight": nodes[x].weight, "fraction": floor16(nodes[x].weight, total) if total > 0 else 0.0}
            continue
        opsum = sum(nodes[x].weights.get("OPERATOR", 0) for x in g)
        cases = set().union(*(nodes[x].slotscope for x in g)) | ({"OPERATOR"} if any("OPERATOR" in nodes[x].weights for x in g) else set())
        state_managed = state_backend_managed(s)
        for x in g:
            n, o = nodes[x], {}
            if "OPERATOR" in n.weights: o["weight"] = n.weights["OPERATOR"]
            if n.slotscope: o["slotScope"] = sorted(n.slotscope, key=["STATE_BACKEND", "PYTHON"].index)
            for uc, key in (("OPERATOR", "operator"), ("STATE_BACKEND", "stateBackend"), ("PYTHON", "python")):
                if uc == "OPERATOR": f = floor16(n.weights["OPERATOR"], opsum) if n.weights.get("OPERATOR", 0) > 0 else 0.0
                else: f = 1.0 if uc in n.slotscope else 0.0
                if uc == "STATE_BACKEND" and not state_managed: o[key] = 0.0; continue
                try: w = consumer_weights(s)
                except FlinkError as e: o[key + "Error"] = "%s: %s" % (e.cls, e.msg); continue
                total = sum(w.get(c, 0) for c in cases if c != "STATE_BACKEND" or state_managed)
                o[key] = f * (floor16(w.get(uc, 0), total) if total > 0 else 0.0)
            mem[x] = o
    return mem

def state_backend_managed(s):
    if s.batch_state: return False                                    # BatchExecutionStateBackend
    old = s.conf.get("state.backend", "")
    return (s.conf.get("state.backend.type", old) if s.V >= (1, 17) else old).lower() == "rocksdb"

# ------------------------------------------------------------------------------------------------ all
def plan(job, version, adaptive=False):
    p = version.split("."); V = (int(p[0]), int(p[1]))
    try:
        s = Settings(job, V); s.adaptive = adaptive and s.dynamic and V >= (2, 0)
        nodes, edges = stream_graph(job, s)
        for e in edges: e.asked = chainable(e, s)    # the recorder asks before anything is translated
        if s.adaptive: forward_groups_first(nodes, edges, s)
        chains, head_of = build_chains(nodes, edges, s)
        out_edges = []
        for e in edges:
            chained = head_of[e.up.id] == head_of[e.down.id] and chainable_input(e, s) and (chainable(e, s) or e.up.newsource)
            e.final = NAMES[e.ship]
            if not chained:                          # dynamic graphs, after chaining
                if e.unspecified and not e.up.id in [x for c in chains for x in c[1:] if head_of[x] == head_of[e.down.id]]: e.final = "RESCALE"
                elif e.conshash: e.final = "HASH"
            e.part = None if chained else partition_type(e, s)
            o = {"from": e.up.id, "to": e.down.id, "ship": e.final, "chainable": e.asked, "chained": chained}
            if e.part: o["partition"] = e.part
            out_edges.append(o)
        hybrid_full_instead(nodes, edges, chains, head_of, out_edges, s)
        groups = slot_sharing(nodes, edges, chains, head_of, s)
        return {"chains": chains, "slotSharing": groups, "edges": out_edges, "memory": memory(nodes, groups, s)}
    except FlinkError as e:
        return {"error": {"class": e.cls, "normalized": e.msg}}

def compare(exp, got):
    bad = []
    if ("error" in exp) != ("error" in got): return ["error: flink=%s rules=%s" % (exp.get("error"), got.get("error"))]
    if "error" in exp:
        for k in ("class", "normalized"):
            if exp["error"][k] != got["error"][k]: bad.append("error.%s: flink=%s rules=%s" % (k, exp["error"][k], got["error"][k]))
        return bad
    if exp["chains"] != got["chains"]: bad.append("chains: flink=%s rules=%s" % (exp["chains"], got["chains"]))
    if sorted(map(sorted, exp["slotSharing"])) != sorted(map(sorted, got["slotSharing"])): bad.append("slotSharing: flink=%s rules=%s" % (exp["slotSharing"], got["slotSharing"]))
    K = ("from", "to", "ship", "chainable", "chained", "partition")
    a, b = ([[e.get(k) for k in K] for e in x["edges"]] for x in (exp, got))
    if a != b: bad.append("edges: flink=%s rules=%s" % ([x for x in a if x not in b], [x for x in b if x not in a]))
    if exp["memory"] != got["memory"]: bad.append("memory: " + str([(k, exp["memory"][k], got["memory"].get(k)) for k in exp["memory"] if exp["memory"][k] != got["memory"].get(k)][:3]))
    return bad

if __name__ == "__main__":
    total_bad = 0
    for f in sys.argv[1:]:
        n = bad = 0
        for line in open(f):
            c = json.loads(line); n += 1
            d = compare(c["expect"], plan(c["job"], c["flink"], "adaptive" in f))
            if d:
                bad += 1
                if bad <= 12: print("  DIFF", c["id"], *d, sep="\n     ")
        print("%s: %d cases, %d agree, %d differ" % (f, n, n - bad, bad)); total_bad += bad
    sys.exit(1 if total_bad else 0)
