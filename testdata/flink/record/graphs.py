"""Random jobs, as job files (docs/design.md 4.1): all that the model knows of a graph, in every mixture that a version accepts."""
import random

SHIPS = ["rebalance", "rescale", "shuffle", "hash", "broadcast", "global", "custom"]
SIZES = ["0b", "512b", "1kb", "3mb", "7mb", "33mb", "64mb", "79mb", "100mb", "128mb"]
WEIGHTS = ["OPERATOR:70,STATE_BACKEND:70,PYTHON:30", "OPERATOR:60,STATE_BACKEND:20,PYTHON:20", "OPERATOR:1,STATE_BACKEND:1,PYTHON:1",
           "PYTHON:0,OPERATOR:70", "STATE_BACKEND:70,PYTHON:30", "PYTHON:100", "OPERATOR:0,STATE_BACKEND:0,PYTHON:0", "OPERATOR:3,STATE_BACKEND:7,PYTHON:11"]
DATAPROC = ["DATAPROC:70,PYTHON:30", "DATAPROC:60,PYTHON:40", "DATAPROC:7,PYTHON:0", "DATAPROC:3,PYTHON:4", "PYTHON:100"]
EDGES = ["ALL_EDGES_BLOCKING", "FORWARD_EDGES_PIPELINED", "POINTWISE_EDGES_PIPELINED", "ALL_EDGES_PIPELINED", "forward_edges_pipelined", "batch", "pipelined"]


def job(version, seed, number):
    """The random job of that number. The same seed gives the same jobs."""
    return _Job(version.number[:2], version.minor(), "%d/%d" % (seed, number)).made


class _Job:
    def __init__(self, version, minor, name):
        self.version, self.random = version, random.Random(name)
        self.batch = self.chance(.5)
        api = self.random.choice(["sql", "datastream"]) if self.batch and version >= (1, 12) else None
        self.sql = self.batch and api != "datastream"
        self.made = {"name": "random-" + name.replace("/", "-"), "mode": "batch" if self.batch else "streaming", "flinkVersion": minor,
                     "parallelism": self.random.choice([1, 2, 4]), "config": {}, "operators": []}
        if api:
            self.made["api"] = api
        if self.chance(.1):
            self.made["maxParallelism"] = self.random.choice([128, 256])
        if self.sql and self.chance(.35):
            self.made["consumerOrder"] = "from-sinks"
        self.config, self.operators = self.made["config"], self.made["operators"]
        self.configure()
        self.graph()

    def chance(self, p):
        return self.random.random() < p

    # ---- configuration

    def configure(self):
        if self.chance(.08):
            self.config["pipeline.operator-chaining"] = "false"
        if self.version >= (1, 13) and self.chance(.08):
            self.config["pipeline.operator-chaining.enabled"] = self.random.choice(["true", "false"])
        if self.version >= (1, 13) and self.chance(.25):
            self.config["pipeline.operator-chaining.chain-operators-with-different-max-parallelism"] = self.random.choice(["true", "false", "false"])
        if self.batch:
            self.exchanges()
        if self.version >= (1, 12):
            self.memory()

    def exchanges(self):
        mode = "execution.batch-shuffle-mode"
        if self.version == (1, 10):
            if self.chance(.5):
                self.config["table.exec.shuffle-mode"] = self.random.choice(["pipelined", "batch"])
        elif self.version <= (1, 13):
            if self.sql and self.chance(.6):
                self.config["table.exec.shuffle-mode"] = self.random.choice(EDGES)
        elif self.chance(.6):
            hybrid = ["ALL_EXCHANGES_HYBRID_FULL", "ALL_EXCHANGES_HYBRID_SELECTIVE"] if self.version >= (1, 16) else []
            self.config[mode] = self.random.choice(["ALL_EXCHANGES_PIPELINED", "ALL_EXCHANGES_BLOCKING", "all_exchanges_pipelined"] + hybrid)
        if self.version < (1, 15):
            return
        pipelined = "PIPELINED" in self.config.get(mode, "").upper()
        if self.version >= (1, 17) and (pipelined or self.chance(.5)):
            self.config["jobmanager.scheduler"] = "Default"
        elif self.version < (1, 17) and not pipelined and self.chance(.5):
            self.config["jobmanager.scheduler"] = "AdaptiveBatch"

    def memory(self):
        if self.chance(.5):
            choice = DATAPROC if self.version == (1, 12) else WEIGHTS + DATAPROC
            self.config["taskmanager.memory.managed.consumer-weights"] = self.random.choice(choice)
        if self.chance(.6):
            key = self.random.choice(["state.backend", "state.backend.type"]) if self.version >= (1, 13) else "state.backend"
            self.config[key] = self.random.choice(["rocksdb", "hashmap"] if self.version >= (1, 13) else ["rocksdb", "filesystem"])
            self.config["state.checkpoints.dir"] = "file:///tmp/checkpoints"
        if self.batch and not self.sql and self.version >= (1, 14) and self.chance(.2):
            self.config["execution.sorted-inputs.memory"] = self.random.choice(["64mb", "128mb", "200mb", "1kb"])

    # ---- operators

    def graph(self):
        hybrid = "HYBRID" in self.config.get("execution.batch-shuffle-mode", "")
        self.groups = self.chance(.4) and not (hybrid and self.chance(.9))
        self.limits = self.chance(.35)
        self.base, self.even = self.random.choice([1, 2, 4]), self.random.random()
        sources = self.random.choice([1, 1, 2, 2, 3, 4])
        count = sources + self.random.choice([2, 3, 4, 5, 6, 8, 10, 14, 20])
        for i in range(sources):
            self.source("source%d" % i)
        for i in range(sources, count):
            self.consumer("operator%d" % i)
        self.readers()
        if not self.sql and self.chance(.08):
            self.coLocate()

    def common(self, id):
        operator = {"id": id, "parallelism": self.base if self.chance(.5 + .45 * self.even) else self.random.choice([1, 2, 4, 8])}
        if self.limits and self.chance(.35):
            operator["maxParallelism"] = self.random.choice([64, 128, 256])
        if self.groups and self.chance(.25):
            operator["slotSharingGroup"] = self.random.choice(["g1", "g2", "default"])
        self.operators.append(operator)
        return operator

    def source(self, id):
        operator = self.common(id)
        if self.version >= (1, 12) and self.chance(.5):
            operator["legacySource"] = True
        if self.chance(.1):
            operator["chainingStrategy"] = self.random.choice(["head", "never", "always"])

    def consumer(self, id):
        before = [o["id"] for o in self.operators]
        ports = self.random.choice([[0]] * 7 + [[0, 0], [0, 0, 0], [0, 1], [0, 1], [0, 1, 1]] + ([[0, 1, 2], [0, 1]] if self.version >= (1, 12) else []))
        inputs = []
        for port in ports:
            from_ = self.random.choice(before[-4:] if self.chance(.6) else before)
            if (from_, port) not in inputs:
                inputs.append((from_, port))
        operator = self.common(id)
        many = len({port for _, port in inputs})
        self.strategy(operator, many)
        operator["inputs"] = [self.input(operator, from_, port, len(inputs) > 1) for from_, port in inputs]
        self.nature(operator, many)

    def strategy(self, operator, ports):
        if self.version >= (1, 12) and self.chance({1: .03, 2: .1, 3: .6}[ports]):
            operator["chainingStrategy"] = "head-with-sources"
        elif self.chance(.22):
            operator["chainingStrategy"] = self.random.choice(["head", "head", "never", "always"])

    def input(self, operator, from_, port, several):
        made = {"from": from_}
        even = next(o for o in self.operators if o["id"] == from_)["parallelism"] == operator["parallelism"]
        if self.chance(.2) and (even or self.chance(.03)):
            made["shipStrategy"] = "forward"
        elif self.chance(.4):
            made["shipStrategy"] = self.random.choice(SHIPS)
        if "shipStrategy" in made and self.chance(.15 if self.sql else .03):
            made["exchange"] = self.random.choice(["pipelined", "blocking", "undefined"] if self.batch else ["pipelined", "undefined"])
        if several:
            made["port"] = port
        return made

    def nature(self, operator, ports):
        """What the operator is: Python, yielding, keyed, of the DataStream API; and what it says of memory."""
        if self.chance(.25):
            operator["python"] = True
        if self.version < (1, 12):
            self.oldWeight(operator)
            return
        if ports == 1 and self.chance(.06):
            operator["async"] = True
            operator.pop("chainingStrategy", None)
        if self.chance(.3 if self.sql else .12):
            operator["managedMemory"] = self.random.choice(SIZES)
        state = .25 if not self.batch else .15
        if ports == 1 and not operator.get("async") and self.chance(state / 2):
            operator["keyed"] = operator["stateBackend"] = True
        elif not self.batch and self.chance(state):
            operator["stateBackend"] = True

    def oldWeight(self, operator):
        if self.sql:
            if operator.get("python"):
                operator["managedMemory"] = "79mb"
            elif self.chance(.3):
                operator["managedMemory"] = self.random.choice(SIZES)
            elif self.chance(.15):
                operator["api"] = "datastream"
        elif self.version == (1, 11) and operator.get("python") and self.chance(.6):
            operator["managedMemory"] = "79mb"

    def readers(self):
        """What nobody reads gets into no graph: a source gets a reader."""
        read = {i["from"] for o in self.operators for i in o.get("inputs", [])}
        for operator in list(self.operators):
            if "inputs" not in operator and operator["id"] not in read:
                self.operators.append({"id": "of-" + operator["id"], "parallelism": operator["parallelism"], "inputs": [{"from": operator["id"]}]})

    def coLocate(self):
        for operator in self.random.sample(self.operators, 2):
            operator["coLocation"] = "together"
