#!/usr/bin/env python3
"""Writes what a PyFlink program would submit as job files for udfplan.

Run it with the Python that runs the program:

    python udfplan_export.py [-o FILE] [-p N] [-D KEY=VALUE]... job.py [args]...

The program runs as `python job.py args` would, up to what it submits: execute, execute_async, execute_sql,
StatementSet.execute, Table.execute, execute_insert, execute_and_collect. Each submission is kept back and its
stream graph becomes one YAML document; nothing is submitted and no cluster is started. Whatever else the
program does, it does. Its standard output goes to standard error.

The configuration is the one `flink run` would use: that of $FLINK_CONF_DIR (by default $FLINK_HOME/conf,
else PyFlink's own), over it -p and -D, over them what the program sets.

Exit codes: 0 all well; 2 wrong command line; 3 the program failed, never submitted, or could not go on
because it reads the results of a job. What it had submitted until then is written in the last case only.
"""

import argparse
import functools
import heapq
import importlib.machinery
import json
import os
import re
import signal
import sys
import traceback
import types

# By it editors find the schema of a job file, where `udfplan schema job > udfplan-job.schema.json` was run beside it.
SCHEMA = "# yaml-language-server: $schema=./udfplan-job.schema.json"

# The PyFlink releases whose real jobs udfplan's rules were recorded with, one for each minor version.
RECORDED = ("1.10.3", "1.11.6", "1.12.7", "1.13.6", "1.14.6", "1.15.4", "1.16.3", "1.17.2", "1.18.1", "1.19.3",
            "1.20.5", "2.3.0")
OLDEST = (1, 13)

STREAMING = "org.apache.flink.streaming.api."
PYTHON_OPERATORS = (STREAMING + "operators.python.", "org.apache.flink.table.runtime.operators.python.")

# An edge whose strategy Flink chose itself is left to udfplan, which knows where it becomes a rescale.
SHIP_STRATEGIES = {
    "ForwardForUnspecifiedPartitioner": None,
    "ForwardForConsecutiveHashPartitioner": "forward-consecutive-hash",
    "ForwardPartitioner": "forward",
    "RebalancePartitioner": "rebalance",
    "RescalePartitioner": "rescale",
    "ShufflePartitioner": "shuffle",
    "BroadcastPartitioner": "broadcast",
    "GlobalPartitioner": "global",
    "KeyGroupStreamPartitioner": "hash",
    "BinaryHashPartitioner": "hash",
    "CustomPartitionerWrapper": "custom",
}

# Hybrid edges are those that execution.batch-shuffle-mode makes of all undefined ones.
EXCHANGES = {"PIPELINED": "pipelined", "BATCH": "blocking"}

# The options that decide a plan; those whose values may hold addresses or secrets are not among them.
PLANNING_OPTIONS = re.compile(
    r"python\.(fn-execution|state|map-state|operator-chaining|metric|profile|systemenv|logging)\..+"
    r"|python\.(execution-mode|executable|client\.executable)"
    r"|pipeline\.(name|max-parallelism|object-reuse|operator-chaining.*)"
    r"|execution\.(runtime-mode|batch-shuffle-mode|(sorted-inputs|batch-state-backend|batch\.adaptive\.auto-parallelism)\..+)"
    r"|parallelism\.default|jobmanager\.scheduler|scheduler-mode|fine-grained\.shuffle-mode\.all-blocking"
    r"|state\.backend(\.type|\.rocksdb\.memory\..+)?"
    r"|table\.exec\.(shuffle-mode|disabled-operators|resource\..+)"
    r"|table\.optimizer\.(multiple-input-enabled|join\.broadcast-threshold)")
SENSITIVE = re.compile(r"password|secret|token|credential|auth|account\.key|service-key|api-?key", re.IGNORECASE)


def say(kind, text):
    sys.stdout.flush()
    print("%s: %s" % (kind, text), file=sys.stderr, flush=True)


# ---- YAML: jobs, operators and inputs are dicts of YAML text ----

def quote(text):
    """A double-quoted scalar, as JSON writes it, with all that is not printable escaped."""
    return '"%s"' % "".join("\\" + char if char in '"\\' else printable(char) for char in text)


def printable(char):
    if char.isprintable():
        return char
    code = ord(char)
    if 0xD800 <= code < 0xE000:
        return "\\ufffd"  # half a pair has no UTF-8
    return "\\u%04x" % code if code < 0x10000 else "\\U%08x" % code


def document(job, pyflink_version):
    parts = job.pop("comments"), job.pop("config"), job.pop("operators"), job.pop("slotSharingGroups")
    lines = [SCHEMA] + comment_lines(["exported by udfplan_export.py from PyFlink %s" % pyflink_version] + parts[0])
    lines += key_lines(job)
    lines += ["config:"] + ["  %s: %s" % (key, quote(value)) for key, value in parts[1]] if parts[1] else []
    lines += ["slotSharingGroups:"] + ["  - {%s}" % ", ".join(key_lines(group)) for group in parts[3]] if parts[3] else []
    lines.append("operators:")
    for operator in parts[2]:
        lines += ["  " + line for line in operator_lines(operator)]
    return "\n".join(lines) + "\n"


def operator_lines(operator):
    comments, inputs = operator.pop("comments"), operator.pop("inputs")
    lines = key_lines(operator)
    if inputs:
        lines.append("inputs:")
        lines += ["  - {%s}" % ", ".join(key_lines(edge)) for edge in inputs]
    return comment_lines(comments) + ["- " + lines[0]] + ["  " + line for line in lines[1:]]


def key_lines(values):
    return ["%s: %s" % (key, value) for key, value in values.items()]


def comment_lines(texts):
    return ["# " + "".join(map(printable, text)) for text in texts]


# ---- the stream graph ----

def declared(java_object, name):
    """The value of a private field: some versions have no public getter for it."""
    field = java_object.getClass().getDeclaredField(name)
    field.setAccessible(True)
    return field.get(java_object)


def first_class(jvm, *names):
    for name in names[:-1]:
        try:
            return jvm.Class.forName(name)
        except Exception:  # ClassNotFoundException, as the gateway passes it on
            pass
    return jvm.Class.forName(names[-1])


def operator_class(factory, loader):
    try:
        return factory.getStreamOperatorClass(loader)
    except Exception:  # an adaptive join of 2.x does not know yet
        return factory.getClass()


def python_mode(java_class):
    """process or thread for a Python operator, else None. The class is certain where names are not."""
    names = []
    while java_class is not None:
        names.append(java_class.getName())
        java_class = java_class.getSuperclass()
    if not any(name.startswith(PYTHON_OPERATORS) for name in names):
        return None
    return "thread" if any("Embedded" in name for name in names) else "process"


class GraphReader:
    """Reads one StreamGraph into what a job file says."""

    def __init__(self, jvm, graph, configuration, loader):
        self.jvm, self.graph, self.configuration, self.loader = jvm, graph, configuration, loader
        self.version = version_numbers(jvm.org.apache.flink.runtime.util.EnvironmentInformation.getVersion())
        self.yielding = first_class(jvm, STREAMING + "operators.legacy.YieldingOperatorFactory",  # 2.x
                                    STREAMING + "operators.YieldingOperatorFactory")

    def since(self, *version):
        return self.version >= version

    def job(self):
        batch = str(self.graph.getJobType()) == "BATCH"
        job = {
            "comments": [],
            "name": quote(self.graph.getJobName()),
            "mode": "batch" if batch else "streaming",
            "flinkVersion": quote(".".join(map(str, self.version))),
        }
        if batch and not self.since(1, 14):
            # Only the SQL planner asks for this (flink-rules.md A3).
            sql = not self.graph.isAllVerticesInSameSlotSharingGroupByDefault()
            job["api"] = "sql" if sql else "datastream"
        job["config"] = self.config()
        job["slotSharingGroups"] = self.profiles()
        job["operators"] = [self.operator(node) for node in self.nodes()]
        undecided = sum("parallelism" not in operator for operator in job["operators"])
        if undecided:
            say("warning", "%s: the adaptive batch scheduler chooses the parallelism of %d operators while the job runs; "
                "they are planned with 1 unless you add `parallelism: N` to the job" % (job["name"], undecided))
        return job

    def config(self):
        """The effective options; what a program may set without one is told by the graph."""
        options = {key: value for key, value in dict(self.configuration.toMap()).items()
                   if PLANNING_OPTIONS.fullmatch(key) and not SENSITIVE.search(key)}
        if options.get("parallelism.default") == "-1":
            del options["parallelism.default"]  # the scheduler's choice, see placement
        if not self.graph.isChainingEnabled() and "pipeline.operator-chaining.enabled" not in options:
            options["pipeline.operator-chaining"] = "false"
        backend = None if self.since(2) else self.graph.getStateBackend()
        if backend is not None:
            name = backend.getClass().getName()
            key = "state.backend.type" if self.since(1, 17) else "state.backend"
            options[key] = "rocksdb" if "RocksDB" in name else "hashmap" if "HashMap" in name else name
        return sorted(options.items())

    def profiles(self):
        """The resources of SlotSharingGroup.builder, by group, in the order in which operators name the groups."""
        profiles = []
        if not self.since(1, 14):
            return profiles
        names = [node.getSlotSharingGroup() for node in self.nodes()] + ["default"]
        for name in dict.fromkeys(name for name in names if name is not None):
            resource = self.graph.getSlotSharingGroupResource(name)
            if resource.isPresent():
                profile = resource.get()
                profiles.append({
                    "name": quote(name),
                    "cpuCores": format(profile.getCpuCores().getValue(), "f"),
                    "taskHeap": "%db" % profile.getTaskHeapMemory().getBytes(),
                    "taskOffHeap": "%db" % profile.getTaskOffHeapMemory().getBytes(),
                    "managed": "%db" % profile.getManagedMemory().getBytes(),
                })
        return profiles

    def nodes(self):
        """By id, unless consumers entered the graph in another order: that is their order in a chain."""
        nodes = {node.getId(): node for node in self.jvm.java.util.ArrayList(self.graph.getStreamNodes())}
        later, waits = {i: [] for i in nodes}, dict.fromkeys(nodes, 0)
        for node in nodes.values():
            targets = list(dict.fromkeys(edge.getTargetId() for edge in node.getOutEdges()))
            for first, second in zip(targets, targets[1:]):
                later[first].append(second)
                waits[second] += 1
        ready, order = [i for i in nodes if waits[i] == 0], []
        heapq.heapify(ready)
        while ready:
            order.append(heapq.heappop(ready))
            for i in later[order[-1]]:
                waits[i] -= 1
                if waits[i] == 0:
                    heapq.heappush(ready, i)
        return [nodes[i] for i in (order if len(order) == len(nodes) else sorted(nodes))]

    def operator(self, node):
        factory = node.getOperatorFactory()
        java_class = operator_class(factory, self.loader)
        operator = {
            "id": quote(str(node.getId())),
            "name": quote(node.getOperatorName()),
            "comments": [java_class.getName()],
        }
        self.placement(operator, node, factory)
        self.python(operator, node, factory, java_class)
        self.memory(operator, node)
        if factory.isLegacySource():
            operator["legacySource"] = "true"
        if self.yielding.isInstance(factory):
            operator["async"] = "true"
        operator["inputs"] = self.inputs(operator, list(node.getInEdges()))
        return operator

    def placement(self, operator, node, factory):
        if node.getParallelism() > 0:
            operator["parallelism"] = node.getParallelism()
        else:
            operator["comments"].append("parallelism: chosen by the adaptive batch scheduler")
        if declared(node, "maxParallelism") > 0:
            operator["maxParallelism"] = declared(node, "maxParallelism")
        if node.getSlotSharingGroup() is not None:
            operator["slotSharingGroup"] = quote(node.getSlotSharingGroup())
        operator["chainingStrategy"] = str(factory.getChainingStrategy()).lower().replace("_", "-")
        if node.getCoLocationGroup() is not None:
            operator["coLocation"] = quote(node.getCoLocationGroup())

    def python(self, operator, node, factory, java_class):
        mode = python_mode(java_class)
        hidden = self.hidden_python(factory) if "BatchMultipleInput" in java_class.getName() else []
        if hidden:
            mode = "process" if "process" in hidden else "thread"
            text = "Python operators inside it, each with a worker outside Flink's managed memory: %d" % len(hidden)
            operator["comments"].append(text)
            say("warning", "%s: %s; table.optimizer.multiple-input-enabled: false keeps them apart"
                % (quote(node.getOperatorName()), text))
        if mode:
            operator["python"] = "{mode: %s}" % mode

    def hidden_python(self, factory):
        """The modes of the Python operators that a MultipleInput has swallowed."""
        modes, wrappers, seen = [], [declared(factory, "tailWrapper")], set()
        while wrappers:
            wrapper = wrappers.pop()
            identity = self.jvm.System.identityHashCode(wrapper)
            if identity not in seen:
                seen.add(identity)
                wrappers.extend(list(wrapper.getInputWrappers()))
                modes.append(python_mode(operator_class(declared(wrapper, "factory"), self.loader)))
        return [mode for mode in modes if mode]

    def memory(self, operator, node):
        for weight in dict(node.getManagedMemoryOperatorScopeUseCaseWeights()).values():
            # The planner's weights are MiB, up to 1.13 KiB (flink-rules.md C).
            operator["managedMemory"] = "%d%s" % (weight, "mb" if self.since(1, 14) else "kb")
        if "STATE_BACKEND" in map(str, node.getManagedMemorySlotScopeUseCases()):
            operator["stateBackend"] = "true"
        if node.getStateKeySerializer() is not None:
            operator["keyed"] = "true"

    def inputs(self, operator, edges):
        inputs = []
        for edge in edges:
            entry = {"from": quote(str(edge.getSourceId()))}
            if len(edges) > 1:
                entry["port"] = max(edge.getTypeNumber(), 1) - 1  # 0 is the only input, 1 and 2 are the first two
            partitioner = edge.getPartitioner().getClass().getSimpleName()
            if partitioner not in SHIP_STRATEGIES:
                operator["comments"].append("%s is unknown: taken for custom" % partitioner)
                say("warning", "%s, to %s, is unknown: taken for custom" % (partitioner, operator["name"]))
            if SHIP_STRATEGIES.get(partitioner, "custom"):
                entry["shipStrategy"] = SHIP_STRATEGIES.get(partitioner, "custom")
            exchange = str(edge.getExchangeMode() if self.since(1, 14) else edge.getShuffleMode())
            if exchange in EXCHANGES:
                entry["exchange"] = EXCHANGES[exchange]
            inputs.append(entry)
        return inputs


def job_graph_truth(jvm, graph, loader):
    """For udfplan's own tests: the chains, groups and Python operators of the JobGraph that Flink makes."""
    python_class = jvm.Class.forName(PYTHON_OPERATORS[0] + "AbstractPythonFunctionOperator")
    chains, groups, python = [], {}, []
    for vertex in graph.getJobGraph().getVerticesAsArray():
        config = jvm.org.apache.flink.streaming.api.graph.StreamConfig(vertex.getConfiguration())
        chain = dict(config.getTransitiveChainedTaskConfigsWithSelf(loader))
        chains.append(sorted(map(str, chain)))
        groups.setdefault(vertex.getSlotSharingGroup().getSlotSharingGroupId().toString(), []).extend(chains[-1])
        for node_id, task in chain.items():
            java_class = operator_class(task.getStreamOperatorFactory(loader), loader)
            members = graph.getStreamNode(node_id).getOperatorDescription().partition("members=[")[2]
            if python_class.isAssignableFrom(java_class) or re.search(r"\bPython\w+\(", members):
                python.append(str(node_id))
    return {"name": graph.getJobName(), "chains": sorted(chains),
            "slotSharing": sorted(map(sorted, groups.values())), "python": sorted(python)}


# ---- interception ----

class FinishedJob:
    """The client of a job that never ran: finished at once, with no results."""

    class Java:
        implements = ["org.apache.flink.core.execution.JobClient",
                      "org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway"]

    def __init__(self, jvm):
        self.jvm, self.api = jvm, jvm.org.apache.flink.api.common
        self.job_id = self.api.JobID()

    def future(self, value):
        return self.jvm.java.util.concurrent.CompletableFuture.completedFuture(value)

    def nothing(self, *_):
        return self.future(None)

    cancel = stopWithSavepoint = triggerSavepoint = reportHeartbeat = sendCoordinationRequest = nothing

    def getJobID(self):
        return self.job_id

    def getJobStatus(self):
        return self.future(self.api.JobStatus.FINISHED)

    def getJobExecutionResult(self):
        return self.future(self.api.JobExecutionResult(self.job_id, 0, self.jvm.java.util.HashMap()))

    def getAccumulators(self, *_):
        return self.future(self.jvm.java.util.HashMap())


class Interceptor:
    """Takes the place of all that is between an environment and a cluster, the way `flink run` does."""

    class Java:
        implements = [STREAMING + "environment.StreamExecutionEnvironmentFactory",
                      "org.apache.flink.core.execution.PipelineExecutorServiceLoader",
                      "org.apache.flink.core.execution.PipelineExecutorFactory",
                      "org.apache.flink.core.execution.PipelineExecutor"]

    def __init__(self, options, jars, want_truth):
        self.options, self.jars, self.want_truth = options, jars, want_truth
        self.jobs, self.truths, self.broken = [], [], None
        self.jvm = self.cluster = None

    def install(self, gateway):
        self.jvm = gateway.jvm
        self.add_jars(gateway)
        self.cluster = self.cluster_configuration()
        arguments = self.jvm.java.util.ArrayList()
        arguments.add(self)
        for method in self.jvm.Class.forName(STREAMING + "environment.StreamExecutionEnvironment").getDeclaredMethods():
            if method.getName() == "initializeContextEnvironment":
                method.setAccessible(True)
                method.invoke(None, arguments.toArray())
                return
        raise RuntimeError("this Flink has no StreamExecutionEnvironment.initializeContextEnvironment")

    def add_jars(self, gateway):
        """What `flink run --jar` puts beside the program. It is too early for PyFlink's own function, which asks for the gateway."""
        if self.jars:
            urls = gateway.new_array(gateway.jvm.java.net.URL, len(self.jars))
            for i, jar in enumerate(self.jars):
                urls[i] = gateway.jvm.java.io.File(os.path.abspath(jar)).toURI().toURL()
            thread = gateway.jvm.Thread.currentThread()
            thread.setContextClassLoader(gateway.jvm.java.net.URLClassLoader(urls, thread.getContextClassLoader()))

    def cluster_configuration(self):
        flink = self.jvm.org.apache.flink.configuration
        try:
            configuration = flink.GlobalConfiguration.loadConfiguration()
            say("note", "configuration of %s, as `flink run` reads it" % self.jvm.System.getenv("FLINK_CONF_DIR"))
        except Exception as error:
            configuration = flink.Configuration()
            say("warning", "no configuration was read: %s" % getattr(error, "java_exception", error))
        for key, value in self.options:
            configuration.setString(key, value)
        return configuration

    # Java calls these, from the environment's creation to its execute.

    def createExecutionEnvironment(self, *program):
        configuration = self.jvm.org.apache.flink.configuration.Configuration(self.cluster)
        for options in program:
            configuration.addAll(options)
        configuration.setString("execution.target", "udfplan-export")
        configuration.setString("execution.attached", "true")
        loader = self.jvm.Thread.currentThread().getContextClassLoader()
        context = self.jvm.org.apache.flink.client.program.StreamContextEnvironment
        return context(self, configuration, loader, False, True)

    def getExecutorFactory(self, _):
        return self

    def getExecutor(self, _):
        return self

    def execute(self, pipeline, configuration, loader):
        try:
            configuration = self.jvm.org.apache.flink.configuration.Configuration(configuration)
            for tables in submitting_tables():
                configuration.addAll(tables.getConfig().getConfiguration())
            self.jobs.append(GraphReader(self.jvm, pipeline, configuration, loader).job())
            if self.want_truth:
                self.truths.append(job_graph_truth(self.jvm, pipeline, loader))
        except Exception:
            self.broken = self.broken or traceback.format_exc()  # the gateway would lose it
        forgive_table_results()
        client = FinishedJob(self.jvm)
        return client.future(client)


def submitting_tables():
    """The TableEnvironment on the stack of a submission: up to 1.16 its options do not reach the executor."""
    for frame in sys._current_frames().values():
        while frame is not None:
            owner = frame.f_locals.get("self")
            if type(owner).__module__.startswith("pyflink.table."):
                owner = getattr(owner, "_t_env", owner)
                if hasattr(owner, "_j_tenv"):
                    return [owner._j_tenv]
            frame = frame.f_back
    return []


def reads_results(error):
    """Whether an error comes from fetching what a job has collected."""
    while error is not None and "CollectResultIterator" not in str(error):
        error = error.__cause__ or error.__context__
    return error is not None


def forgive_table_results():
    """Lets a program go on that only prints or awaits the results of a query."""
    module = sys.modules.get("pyflink.table.table_result")
    if module is None or hasattr(module.TableResult, "udfplan_export"):
        return
    module.TableResult.udfplan_export = True
    for name in ("print", "wait"):
        setattr(module.TableResult, name, forgiving(getattr(module.TableResult, name)))


def forgiving(method):
    @functools.wraps(method)
    def wrapper(*args, **kwargs):
        try:
            return method(*args, **kwargs)
        except Exception as error:
            if not reads_results(error):
                raise
            say("note", "%s(): nothing was run, there are no results" % method.__name__)
    return wrapper


def intercept(interceptor):
    """Installs the interceptor as soon as the program has started its gateway, in the environment it wants."""
    import pyflink.java_gateway as java_gateway
    original = java_gateway.import_flink_view

    @functools.wraps(original)
    def import_flink_view(gateway):
        original(gateway)
        interceptor.install(gateway)

    java_gateway.import_flink_view = import_flink_view


# ---- the program ----

class Stopped(Exception):
    """Ends the exporter with exit code 3; what was exported so far is written if `partly`."""

    def __init__(self, text, partly=False):
        super().__init__(text)
        self.partly = partly


def run_program(path, args):
    """Runs the program as `python path args` does."""
    with open(path, "rb") as file:
        source = file.read()
    filename = os.path.abspath(path) if sys.version_info >= (3, 9) else path
    sys.argv = [path] + args
    module = types.ModuleType("__main__")
    module.__file__ = filename
    module.__loader__ = importlib.machinery.SourceFileLoader("__main__", filename)
    sys.modules["__main__"] = module
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)
    except SystemExit as end:
        if end.code not in (None, 0):
            if not isinstance(end.code, int):
                print(end.code, file=sys.stderr)
            raise Stopped("%s ended with exit status %s" % (path, end.code if isinstance(end.code, int) else 1))
    except BaseException as error:
        raise stopped_by(error, path, filename)


def ask_to_end(*_):
    raise Stopped("the program was asked to end; what it would submit later is not exported", partly=True)


def stopped_by(error, path, filename):
    if isinstance(error, Stopped):
        return error
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == run_program.__code__.co_filename:
        frames = frames.tb_next
    if reads_results(error):
        line = [frame.lineno for frame in traceback.extract_tb(frames) if frame.filename == filename][-1]
        return Stopped("%s:%d: the program reads the results of a job and cannot go on: nothing was run, there are "
                       "none; what it would submit later is not exported" % (path, line), partly=True)
    sys.excepthook(type(error), error.with_traceback(frames), frames)
    return Stopped("%s failed: %s" % (path, type(error).__name__))


def version_numbers(text):
    return tuple(int(number) for number in re.findall(r"\d+", text.partition("-")[0])[:3])


def pyflink_version():
    try:
        from pyflink.version import __version__ as version
    except ImportError as error:
        raise Stopped("PyFlink cannot be imported by %s (%s); run the exporter with the Python that runs the program"
                      % (sys.executable, error))
    minor = version_numbers(version)[:2]
    if minor < OLDEST:
        raise Stopped("PyFlink %s is too old for the exporter, which needs %d.%d; give udfplan the execution plan "
                      "instead (`flink info`, get_execution_plan)" % ((version,) + OLDEST))
    recorded = [release for release in RECORDED if version_numbers(release)[:2] == minor]
    if not recorded:
        say("warning", "PyFlink %s is not among the versions whose jobs udfplan's rules were recorded with (%s)"
            % (version, ", ".join(RECORDED)))
    elif version not in recorded:
        say("note", "PyFlink %s: udfplan's rules were recorded with %s" % (version, recorded[0]))
    return version


def export(options, interceptor):
    """Runs the program; returns the YAML documents of its jobs, and what stopped it."""
    if sys.path[0] == os.path.dirname(os.path.realpath(__file__)):
        sys.path[0] = os.path.dirname(os.path.realpath(options.program))
    version, stopped = pyflink_version(), None
    intercept(interceptor)
    try:
        run_program(options.program, options.args)
    except Stopped as reason:
        stopped = reason
    if interceptor.broken:
        print(interceptor.broken, file=sys.stderr)
        raise Stopped("a job of %s could not be read" % options.program)
    if stopped and not (stopped.partly and interceptor.jobs):
        raise stopped
    if not interceptor.jobs:
        raise Stopped("%s submits nothing: it never calls execute, execute_async, execute_insert, execute_and_collect, "
                      "or execute_sql with an INSERT" % options.program)
    if stopped:
        interceptor.jobs[-1]["comments"].append("incomplete: %s" % stopped)
    return "---\n".join(document(job, version) for job in interceptor.jobs), stopped


# ---- files and flags ----

def take_stdout():
    """Gives the program, and all processes it starts, standard error as their standard output."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(line_buffering=True)
    return os.fdopen(own, "wb")


def write(path, stdout, text):
    """Writes a file whole or not at all."""
    if path == "-":
        stdout.write(text.encode("utf-8"))
        stdout.flush()
        return
    part = "%s.%d.tmp" % (path, os.getpid())
    try:
        with open(part, "xb") as file:
            file.write(text.encode("utf-8"))
        os.replace(part, path)
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        say("error", message)
        sys.exit(2)


def option(text):
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError("%r is no KEY=VALUE" % text)
    return key, value


def parallelism(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("%r is no positive number" % text)
    return "parallelism.default", text


def command_line():
    parser = Parser(prog="udfplan_export.py", description=__doc__,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="where the job file goes; - is standard output")
    parser.add_argument("-p", "--parallelism", metavar="N", dest="options", type=parallelism, action="append",
                        default=[], help="the default parallelism, as with `flink run -p`")
    parser.add_argument("-D", metavar="KEY=VALUE", dest="options", type=option, action="append",
                        help="an option of Flink, as with `flink run -D`; may be repeated")
    parser.add_argument("--jar", metavar="FILE", dest="jars", action="append", default=[],
                        help="a jar that the program needs, as with `flink run --jar`; may be repeated")
    parser.add_argument("--truth", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("program", metavar="job.py")
    parser.add_argument("args", metavar="args", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not os.path.isfile(options.program):
        parser.error("%s is no file" % options.program)
    return options


def main():
    options = command_line()
    stdout = take_stdout()
    signal.signal(signal.SIGTERM, ask_to_end)
    interceptor = Interceptor(options.options, options.jars, options.truth is not None)
    try:
        text, stopped = export(options, interceptor)
        write(options.output, stdout, text)
        if options.truth:
            write(options.truth, stdout, json.dumps(interceptor.truths))
        if stopped:
            raise stopped
    except (Stopped, OSError) as error:
        say("error", str(error))
        return 3
    say("note", "%d job%s exported" % (len(interceptor.jobs), "" if len(interceptor.jobs) == 1 else "s"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
