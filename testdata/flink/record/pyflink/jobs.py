"""The PyFlink jobs whose documents lie in testdata/flink/formats, for PyFlink 1.20 and 2.x. DS has those of the DataStream API, functions of an
environment; TBL those in SQL: mode, parallelism, whether the source has a rowtime, sinks, statements, and what is said of them."""
import time
from pyflink.common import Types, Time, WatermarkStrategy, Duration, Row
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import StreamExecutionEnvironment, RuntimeExecutionMode, OutputTag, SlotSharingGroup
from pyflink.datastream.functions import (MapFunction, ProcessFunction, KeyedProcessFunction, KeyedCoProcessFunction,
    CoProcessFunction, CoMapFunction, BroadcastProcessFunction, ProcessWindowFunction, ReduceFunction)
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.datastream.state import ValueStateDescriptor, MapStateDescriptor
from pyflink.datastream.window import TumblingEventTimeWindows, SlidingProcessingTimeWindows, CountTumblingWindowAssigner
from pyflink.table import StreamTableEnvironment, DataTypes, EnvironmentSettings, TableDescriptor, Schema
from pyflink.table.udf import udf, udtf, udaf, AggregateFunction, TableFunction, ScalarFunction

try:
    W10 = TumblingEventTimeWindows.of(Time.seconds(10))
    SL = SlidingProcessingTimeWindows.of(Time.seconds(10), Time.seconds(5))
except Exception:
    W10 = TumblingEventTimeWindows.of(Duration.of_seconds(10))
    SL = SlidingProcessingTimeWindows.of(Duration.of_seconds(10), Duration.of_seconds(5))


def seq(env, name="numbers", lo=1, hi=200):
    return env.from_source(NumberSequenceSource(lo, hi), WatermarkStrategy.no_watermarks(), name, Types.LONG())


class Sum(ReduceFunction):
    def reduce(self, a, b):
        return a[0], a[1] + b[1]


class KP(KeyedProcessFunction):
    def open(self, ctx):
        self.s = ctx.get_state(ValueStateDescriptor("s", Types.LONG()))
    def process_element(self, v, ctx):
        n = (self.s.value() or 0) + 1
        self.s.update(n)
        yield v[0], n


class KCP(KeyedCoProcessFunction):
    def process_element1(self, v, ctx):
        yield v
    def process_element2(self, v, ctx):
        yield v


class PWF(ProcessWindowFunction):
    def process(self, key, ctx, elements):
        yield key, len(list(elements))


class TA(TimestampAssigner):
    def extract_timestamp(self, v, ts):
        return int(v) * 1000


class CM(CoMapFunction):
    def map1(self, v):
        return str(v)
    def map2(self, v):
        return "r" + str(v)


LT = Types.TUPLE([Types.LONG(), Types.LONG()])


# ---------------------------------------------------------------- DataStream
def ds_map_filter(env, cfg):
    env.set_parallelism(2)
    (seq(env).map(lambda x: x * 2, output_type=Types.LONG()).filter(lambda x: x % 3 == 0)
        .map(lambda x: str(x), output_type=Types.STRING()).print())
    return {"text": "NumberSequenceSource -> map -> filter -> map -> print, parallelism 2",
            "python": ["Map", "Filter", "Map"], "javaOperators": ["Source: numbers", "Sink: Print to Std. Out"]}


def ds_keyed_reduce(env, cfg):
    env.set_parallelism(2)
    (env.from_collection([(i % 5, i) for i in range(100)], type_info=LT)
        .map(lambda t: (t[0], t[1] + 1), output_type=LT).name("enrich")
        .key_by(lambda t: t[0], key_type=Types.LONG()).reduce(Sum())
        .map(lambda t: t[1], output_type=Types.LONG()).name("pick").print())
    return {"text": "collection(1) -> REBALANCE -> map enrich + key_by -> HASH -> reduce + map pick -> print; collection source has parallelism 1",
            "python": ["enrich", "_stream_key_by_map_operator", "Reduce", "pick"]}


def ds_process_side(env, cfg):
    env.set_parallelism(2)
    tag = OutputTag("odd", Types.LONG())

    class P(ProcessFunction):
        def process_element(self, v, ctx):
            if v % 2:
                yield tag, v
            else:
                yield v
    main = seq(env).process(P(), output_type=Types.LONG()).name("split")
    main.map(lambda x: x, output_type=Types.LONG()).name("even").print()
    main.get_side_output(tag).map(lambda x: -x, output_type=Types.LONG()).name("odd").set_parallelism(1).print().set_parallelism(1)
    return {"text": "process with side output; the main branch (map even, parallelism 2) and the side branch (map odd, parallelism 1)",
            "python": ["split", "even", "odd"]}


def ds_event_window(env, cfg):
    env.set_parallelism(2)
    (seq(env).assign_timestamps_and_watermarks(
        WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(TA()))
        .key_by(lambda x: x % 4, key_type=Types.LONG()).window(W10)
        .process(PWF(), Types.TUPLE([Types.LONG(), Types.INT()])).print())
    return {"text": "python timestamp assigner, key_by, tumbling event-time window with ProcessWindowFunction, print",
            "python": ["Extract-Timestamp", "_stream_key_by_map_operator", "TumblingEventTimeWindows"]}


def ds_coprocess_union(env, cfg):
    env.set_parallelism(2)
    a = seq(env, "left").map(lambda x: (x % 3, x), output_type=LT).name("tag left")
    b = seq(env, "right").map(lambda x: (x % 3, -x), output_type=LT).name("tag right")
    c = seq(env, "third").map(lambda x: (x % 3, 0), output_type=LT).name("tag third")
    u = a.union(c)
    (u.key_by(lambda t: t[0], key_type=Types.LONG())
        .connect(b.key_by(lambda t: t[0], key_type=Types.LONG()))
        .process(KCP(), LT).name("match").map(lambda t: str(t), output_type=Types.STRING()).print())
    return {"text": "three sources; union of two; keyed connect + KeyedCoProcess 'match'; map; print",
            "python": ["tag left", "tag right", "tag third", "_stream_key_by_map_operator x2", "match", "Map"]}


def ds_connect_map(env, cfg):
    env.set_parallelism(2)
    a = seq(env, "left")
    b = seq(env, "right")
    a.connect(b).map(CM(), output_type=Types.STRING()).map(lambda s: s.upper(), output_type=Types.STRING()).print()
    return {"text": "connect of two sources with a CoMapFunction (Python), then map, print", "python": ["Co-Map", "Map"]}


def ds_broadcast(env, cfg):
    env.set_parallelism(2)
    desc = MapStateDescriptor("rules", Types.LONG(), Types.LONG())
    rules = seq(env, "rules", 1, 10).broadcast(desc)

    class B(BroadcastProcessFunction):
        def process_element(self, v, ctx):
            yield v
        def process_broadcast_element(self, v, ctx):
            ctx.get_broadcast_state(desc).put(v, v)
    (seq(env, "events").connect(rules).process(B(), Types.LONG())
        .map(lambda x: x, output_type=Types.LONG()).print())
    return {"text": "broadcast state: events connect broadcast(rules), BroadcastProcessFunction, map, print",
            "python": ["Co-Process-Broadcast", "Map"]}


def ds_slot_groups(env, cfg):
    env.set_parallelism(2)
    s = seq(env).map(lambda x: x + 1, output_type=Types.LONG()).name("in default")
    m = s.map(lambda x: x * 2, output_type=Types.LONG()).name("heavy").slot_sharing_group("gpu")
    m = m.filter(lambda x: x > 0).name("still gpu")
    m.map(lambda x: x, output_type=Types.LONG()).name("out").slot_sharing_group("io").print()
    return {"text": "three slot sharing groups: default, gpu, io; operators inherit the group of their inputs when it is not set",
            "python": ["in default (default)", "heavy (gpu)", "still gpu (gpu, inherited)", "out (io)"], "slotSharingGroups": ["default", "gpu", "io"]}


def ds_chain_control(env, cfg):
    env.set_parallelism(2)
    a = seq(env).map(lambda x: x + 1, output_type=Types.LONG()).name("a")
    b = a.map(lambda x: x + 2, output_type=Types.LONG()).name("b").disable_chaining()
    c = b.map(lambda x: x + 3, output_type=Types.LONG()).name("c").start_new_chain()
    c.map(lambda x: x + 4, output_type=Types.LONG()).name("d").print()
    return {"text": "a; b with disable_chaining; c with start_new_chain; d", "python": ["a", "b (NEVER)", "c (HEAD)", "d"]}


def ds_no_chaining(env, cfg):
    env.set_parallelism(2)
    env.disable_operator_chaining()
    (seq(env).map(lambda x: x + 1, output_type=Types.LONG()).name("a")
        .map(lambda x: x + 2, output_type=Types.LONG()).name("b").print())
    return {"text": "env.disable_operator_chaining(); two maps", "python": ["a", "b"]}


def ds_python_chaining_off(env, cfg):
    env.set_parallelism(2)
    (seq(env).map(lambda x: x + 1, output_type=Types.LONG()).name("a")
        .map(lambda x: x + 2, output_type=Types.LONG()).name("b")
        .key_by(lambda x: x % 2, key_type=Types.LONG()).map(lambda x: x, output_type=Types.LONG()).name("c").print())
    return {"text": "python.operator-chaining.enabled=false; a -> b -> key_by -> c; Flink's own chaining stays on", "python": ["a", "b", "_stream_key_by_map_operator", "c"]}


def ds_partitioners(env, cfg):
    env.set_parallelism(2)
    s = seq(env)
    s = s.map(lambda x: x, output_type=Types.LONG()).name("m1").set_parallelism(1)
    s = s.rebalance().map(lambda x: x, output_type=Types.LONG()).name("m2").set_parallelism(4)
    s = s.rescale().map(lambda x: x, output_type=Types.LONG()).name("m3").set_parallelism(2)
    s = s.shuffle().map(lambda x: x, output_type=Types.LONG()).name("m4").set_parallelism(2).set_max_parallelism(64)
    s = s.map(lambda x: x, output_type=Types.LONG()).name("m5").set_parallelism(2).set_max_parallelism(32)
    s = s.partition_custom(lambda k, n: k % n, lambda x: x).map(lambda x: x, output_type=Types.LONG()).name("m6").set_parallelism(3)
    s = s.broadcast().map(lambda x: x, output_type=Types.LONG()).name("m7").set_parallelism(2)
    s = s.forward().map(lambda x: x, output_type=Types.LONG()).name("m8").set_parallelism(2)
    s.print().set_parallelism(1)
    return {"text": "all partitioners in a row with parallelisms 1,4,2,2(max 64),2(max 32),3,2,2; m5 differs from m4 in max parallelism only",
            "python": ["m1", "m2", "m3", "m4", "m5", "_partition_custom_map_operator", "m6", "m7", "m8"]}


ODD = ['a -> b', 'x, y', 'f(x', 'g)y', 'h[1]', '<b>&amp;"q"</b>', "it's", 'naïve ünï日本語 🚀', 'two\nlines', 'back\\slash', ' lead and trail ', '[3]:PythonCalc(select=[a])', '+- tree', ':- twig', '<br/>', 'tab\tx']


def ds_odd_names(env, cfg):
    env.set_parallelism(1)
    s = env.from_source(NumberSequenceSource(1, 20), WatermarkStrategy.no_watermarks(), "src, (1) -> [x]", Types.LONG())
    for i, n in enumerate(ODD):
        s = s.map(lambda x: x, output_type=Types.LONG()).name(n)
        if i % 4 == 3:
            s = s.disable_chaining()
    s.print().name('sink -> (a, b)')
    return {"text": "operators with odd names; every fourth has chaining disabled", "python": ODD, "names": ODD}


def ds_fanout(env, cfg):
    env.set_parallelism(2)
    a = seq(env).map(lambda x: x, output_type=Types.LONG()).name("root")
    for i in range(3):
        a.map(lambda x: x, output_type=Types.LONG()).name("leaf %d" % i).filter(lambda x: True).name("keep %d" % i).print().name("out %d" % i)
    return {"text": "a Python root with three chained Python branches (fan-out inside one vertex: 'A -> (B -> C, D -> E, ...)')",
            "python": ["root", "leaf 0", "keep 0", "leaf 1", "keep 1", "leaf 2", "keep 2"]}


def ds_batch_mode(env, cfg):
    env.set_runtime_mode(RuntimeExecutionMode.BATCH)
    env.set_parallelism(2)
    (seq(env).map(lambda x: (x % 3, x), output_type=LT).name("pair")
        .key_by(lambda t: t[0], key_type=Types.LONG()).reduce(Sum()).name("sum")
        .map(lambda t: t[1], output_type=Types.LONG()).name("pick").print())
    return {"text": "DataStream in BATCH runtime mode with keyed reduce (sorted inputs use managed memory: OPERATOR use case)", "python": ["pair", "_stream_key_by_map_operator", "sum", "pick"]}


# ---------------------------------------------------------------- Table
def tbl_udfs(t_env):
    @udf(result_type=DataTypes.BIGINT())
    def add2(a, b):
        return a + b

    @udf(result_type=DataTypes.BIGINT())
    def twice(a):
        return 2 * a

    @udf(result_type=DataTypes.BIGINT(), func_type="pandas")
    def vplus(a, b):
        return a + b

    class Split(TableFunction):
        def eval(self, s):
            for x in str(s).split("1"):
                yield x, len(x)

    class Avg(AggregateFunction):
        def create_accumulator(self):
            return Row(0, 0)
        def get_value(self, a):
            return a[0] // a[1] if a[1] else None
        def accumulate(self, a, v):
            a[0] += v; a[1] += 1
        def retract(self, a, v):
            a[0] -= v; a[1] -= 1
        def get_result_type(self):
            return DataTypes.BIGINT()
        def get_accumulator_type(self):
            return DataTypes.ROW([DataTypes.FIELD("s", DataTypes.BIGINT()), DataTypes.FIELD("c", DataTypes.BIGINT())])

    @udaf(result_type=DataTypes.DOUBLE(), func_type="pandas")
    def vmean(v):
        return v.mean()

    t_env.create_temporary_function("add2", add2)
    t_env.create_temporary_function("twice", twice)
    t_env.create_temporary_function("vplus", vplus)
    t_env.create_temporary_function("split_it", udtf(Split(), result_types=[DataTypes.STRING(), DataTypes.INT()]))
    t_env.create_temporary_function("py_avg", udaf(Avg(), result_type=DataTypes.BIGINT(), accumulator_type=DataTypes.ROW([DataTypes.FIELD("s", DataTypes.BIGINT()), DataTypes.FIELD("c", DataTypes.BIGINT())]), name="py_avg"))
    t_env.create_temporary_function("vmean", vmean)


def source(t_env, name, bounded, rowtime=False, rows=2000, rate=200):
    opts = ["'connector'='datagen'"]
    if bounded:
        opts.append("'number-of-rows'='%d'" % rows)
    else:
        opts.append("'rows-per-second'='%d'" % rate)
    opts += ["'fields.k.min'='0'", "'fields.k.max'='9'", "'fields.a.min'='0'", "'fields.a.max'='1000'", "'fields.b.min'='0'", "'fields.b.max'='1000'"]
    t_env.execute_sql("CREATE TEMPORARY TABLE %s (k INT, a BIGINT, b BIGINT%s) WITH (%s)" % (
        name, ", ts AS LOCALTIMESTAMP, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND" if rowtime else "", ",".join(opts)))


def sink(t_env, name, cols, par=None, connector="blackhole"):
    opts = ["'connector'='%s'" % connector]
    if par:
        opts.append("'sink.parallelism'='%d'" % par)
    t_env.execute_sql("CREATE TEMPORARY TABLE %s (%s) WITH (%s)" % (name, cols, ",".join(opts)))


TBL = {
 # name: (mode, parallelism, rowtime, sinks, statements, facts)
 "tbl_calc": ("streaming", 2, False, [("o", "x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT add2(a, b), twice(a) FROM s WHERE twice(b) > 10"],
   {"text": "two scalar UDFs in the projection, one in WHERE", "pythonNodes": ["PythonCalc"]}),
 "tbl_nested": ("streaming", 2, False, [("o", "x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT add2(twice(a), twice(b)), twice(a + twice(b)) FROM s"],
   {"text": "nested Python UDFs; the second has a Java '+' between two Python calls", "pythonNodes": ["PythonCalc", "PythonCalc"]}),
 "tbl_pandas_mix": ("streaming", 2, False, [("o", "x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT vplus(add2(a, b), b), add2(a, b) FROM s"],
   {"text": "pandas UDF over a general UDF: two Python calcs in a row", "pythonNodes": ["PythonCalc", "PythonCalc"]}),
 "tbl_correlate": ("streaming", 2, False, [("o", "a BIGINT, w STRING, n INT")],
   ["INSERT INTO o SELECT a, w, n FROM s, LATERAL TABLE(split_it(twice(a))) AS T(w, n)"],
   {"text": "UDTF with a scalar UDF as argument", "pythonNodes": ["PythonCorrelate (PythonCalc before it or nested)"]}),
 "tbl_group_agg": ("streaming", 2, False, [("o", "k INT, v BIGINT, w BIGINT")],
   ["INSERT INTO o SELECT k, twice(m), m FROM (SELECT k, py_avg(twice(a)) AS m FROM s GROUP BY k)"],
   {"text": "UDF before the keyed shuffle, Python UDAF group aggregate, UDF after it", "pythonNodes": ["PythonCalc", "PythonGroupAggregate", "PythonCalc"]}),
 "tbl_java_agg_between": ("streaming", 2, False, [("o", "k INT, v BIGINT")],
   ["INSERT INTO o SELECT k, twice(m) FROM (SELECT k, SUM(twice(a)) AS m FROM s GROUP BY k)"],
   {"text": "UDF, Java SUM over a keyed shuffle, UDF", "pythonNodes": ["PythonCalc", "PythonCalc"]}),
 "tbl_over": ("streaming", 2, True, [("o", "k INT, v DOUBLE")],
   ["INSERT INTO o SELECT k, vmean(a) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) FROM s"],
   {"text": "pandas UDAF over aggregate", "pythonNodes": ["PythonOverAggregate"]}),
 "tbl_window": ("streaming", 2, True, [("o", "k INT, v DOUBLE")],
   ["INSERT INTO o SELECT k, vmean(a) FROM s GROUP BY k, TUMBLE(ts, INTERVAL '5' SECOND)"],
   {"text": "pandas UDAF group window aggregate", "pythonNodes": ["PythonGroupWindowAggregate"]}),
 "tbl_join": ("streaming", 2, False, [("o", "x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT twice(l.x), add2(l.x, r.y) FROM (SELECT k, twice(a) AS x FROM s) l JOIN (SELECT k, twice(b) AS y FROM s2) r ON l.k = r.k"],
   {"text": "UDF on both sides of a streaming join and after it", "pythonNodes": ["PythonCalc", "PythonCalc", "PythonCalc"]}),
 "tbl_two_sinks": ("streaming", 3, False, [("o", "x BIGINT"), ("o2", "k INT, x BIGINT")],
   ["INSERT INTO o SELECT twice(a) FROM s", "INSERT INTO o2 SELECT k, twice(a) FROM s"],
   {"text": "one statement set, two sinks from one source (source reuse)", "pythonNodes": ["PythonCalc", "PythonCalc"]}),
 "tbl_sink_parallelism": ("streaming", 4, False, [("o", "x BIGINT", 1, "print")],
   ["INSERT INTO o SELECT twice(a) FROM s"],
   {"text": "sink.parallelism 1 below a Python calc of parallelism 4", "pythonNodes": ["PythonCalc"]}),
 "tbl_batch_calc_sort": ("batch", 2, False, [("o", "k INT, x BIGINT")],
   ["INSERT INTO o SELECT k, twice(a) AS x FROM s ORDER BY x LIMIT 10"],
   {"text": "batch: UDF then sort limit", "pythonNodes": ["PythonCalc"]}),
 "tbl_batch_agg": ("batch", 2, False, [("o", "k INT, x BIGINT, y DOUBLE")],
   ["INSERT INTO o SELECT k, twice(m), y FROM (SELECT k, SUM(twice(a)) AS m, AVG(CAST(b AS DOUBLE)) AS y FROM s GROUP BY k)"],
   {"text": "batch: UDF, hash aggregate (managed memory OPERATOR), UDF", "pythonNodes": ["PythonCalc", "PythonCalc"]}),
 "tbl_batch_pandas_agg": ("batch", 2, False, [("o", "k INT, y DOUBLE")],
   ["INSERT INTO o SELECT k, vmean(a) FROM s GROUP BY k"],
   {"text": "batch: pandas UDAF group aggregate (with sort)", "pythonNodes": ["PythonGroupAggregate"]}),
 "tbl_batch_multi_input": ("batch", 2, False, [("o", "k INT, x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT j.k, j.x, q.b FROM (SELECT l.k AS k, twice(l.a) AS x FROM s l JOIN s2 r ON l.k = r.k) j JOIN (SELECT k, SUM(b) AS b FROM s2 GROUP BY k) q ON j.k = q.k"],
   {"text": "batch: Python calc between two joins on the same key (does it go into a MultipleInput operator?)", "pythonNodes": ["PythonCalc (perhaps inside MultipleInput)"]}),
 "tbl_batch_join": ("batch", 2, False, [("o", "x BIGINT, y BIGINT")],
   ["INSERT INTO o SELECT twice(l.x), add2(l.x, r.y) FROM (SELECT k, twice(a) AS x FROM s) l JOIN (SELECT k, twice(b) AS y FROM s2) r ON l.k = r.k"],
   {"text": "batch: UDF both sides of a join and after it", "pythonNodes": ["PythonCalc", "PythonCalc", "PythonCalc"]}),
}
DS = {k: v for k, v in globals().items() if k.startswith("ds_")}
