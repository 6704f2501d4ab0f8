"""The workloads whose workers .ci/measure measures: finite, deterministic, in process mode. Run as `workloads.py NAME`.

Each is one job whose Python operators share one worker (one slot). WORKLOADS says what is in it, and from which
PyFlink on it runs.
"""

import os
import sys

from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import KeyedProcessFunction, MapFunction, StreamExecutionEnvironment
from pyflink.datastream.state import ValueStateDescriptor
from pyflink.table import DataTypes, EnvironmentSettings, StreamTableEnvironment
from pyflink.table.udf import udaf, udf

try:
    from pyflink.datastream.connectors.number_seq import NumberSequenceSource
except ImportError:  # up to 1.15
    from pyflink.datastream.connectors import NumberSequenceSource


def numbers(env, count):
    no_watermarks = getattr(WatermarkStrategy, "no_watermarks", WatermarkStrategy.for_monotonous_timestamps)  # up to 1.15
    return env.from_source(NumberSequenceSource(1, count), no_watermarks(), "numbers", Types.LONG())


def options(env, **values):
    configuration = env.get_config().get_configuration() if hasattr(env.get_config(), "get_configuration") else None
    for key, value in values.items():
        key = key.replace("__", "-").replace("_", ".")
        if configuration is not None:
            configuration.set_string(key, str(value))
        elif not hasattr(env, "configure"):  # up to 1.14
            from pyflink.util.java_utils import get_j_env_configuration
            get_j_env_configuration(env._j_stream_execution_environment).setString(key, str(value))
        else:
            from pyflink.common import Configuration
            changed = Configuration()
            changed.set_string(key, str(value))
            env.configure(changed)


def trivial(env):
    numbers(env, 1000).map(lambda x: x + 1, output_type=Types.LONG()).name("plus one").print()


def small_rows(env):
    numbers(env, 300000).map(lambda x: x + 1, output_type=Types.LONG()).name("plus one").print()


def long_strings(env):
    (numbers(env, 100000).map(lambda x: ("%08d" % x) * 125, output_type=Types.STRING()).name("write")
     .map(lambda text: len(text), output_type=Types.LONG()).name("length").disable_chaining().print())


class Importing(MapFunction):
    def __init__(self, *modules):
        self.modules = modules

    def open(self, context):
        for module in self.modules:
            __import__(module)

    def map(self, x):
        return x + 1


def import_pandas(env):
    numbers(env, 20000).map(Importing("pandas"), output_type=Types.LONG()).name("pandas").print()


def import_numpy(env):
    numbers(env, 20000).map(Importing("numpy"), output_type=Types.LONG()).name("numpy").print()


class Model(MapFunction):
    def open(self, context):
        import numpy
        from sklearn.linear_model import LogisticRegression
        points = numpy.arange(2000.0).reshape(500, 4)
        self.model = LogisticRegression(max_iter=20).fit(points, (points[:, 0] > 1000).astype(int))

    def map(self, x):
        return int(self.model.predict([[x, x, x, x]])[0])


def scikit_learn(env):
    numbers(env, 5000).map(Model(), output_type=Types.LONG()).name("predict").print()


class Holding(MapFunction):
    def open(self, context):
        self.held = bytearray(b"\1") * (300 << 20)

    def map(self, x):
        return x + self.held[x]


def array_300mb(env):
    numbers(env, 20000).map(Holding(), output_type=Types.LONG()).name("hold").print()


class Counting(KeyedProcessFunction):
    def open(self, context):
        self.count = context.get_state(ValueStateDescriptor("count", Types.LONG()))

    def process_element(self, value, context):
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        if value % 1000 == 0:
            yield count


def keyed_100000(env):
    numbers(env, 200000).key_by(lambda x: x % 100000, key_type=Types.LONG()).process(Counting(), output_type=Types.LONG()).name("count").print()


def window(env):
    from pyflink.datastream.functions import ProcessWindowFunction

    class Adding(ProcessWindowFunction):
        def process(self, key, context, elements):
            yield sum(elements)

    (numbers(env, 100000).key_by(lambda x: x % 100, key_type=Types.LONG()).count_window(100)
     .process(Adding(), Types.LONG()).print())


def two_operators(env):
    stream = numbers(env, 50000)
    for i in range(2):
        stream = stream.map(lambda x: x + 1, output_type=Types.LONG()).name("step %d" % i).disable_chaining()
    stream.print()


def five_operators(env):
    stream = numbers(env, 50000)
    for i in range(5):
        stream = stream.map(lambda x: x + 1, output_type=Types.LONG()).name("step %d" % i).disable_chaining()
    stream.print()


def large_bundle(env):
    long_strings(env)


# ---- Table API ----

def tables(env, count, length=10):
    settings = EnvironmentSettings.new_instance().in_streaming_mode().build()
    t_env = StreamTableEnvironment.create(env, environment_settings=settings)
    t_env.execute_sql(
        "CREATE TEMPORARY TABLE s (k INT, a BIGINT, c STRING) WITH ('connector'='datagen', 'number-of-rows'='%d', 'fields.k.min'='0', "
        "'fields.k.max'='9', 'fields.a.min'='0', 'fields.a.max'='1000', 'fields.c.length'='%d')" % (count, length))
    t_env.execute_sql("CREATE TEMPORARY TABLE o (x BIGINT) WITH ('connector'='blackhole')")
    return t_env


def pandas_default(env):
    t_env = tables(env, 100000)
    t_env.create_temporary_function("f", udf(lambda a: a + 1, result_type=DataTypes.BIGINT(), func_type="pandas"))
    return t_env.execute_sql("INSERT INTO o SELECT f(a) FROM s")


def pandas_large(env):
    t_env = tables(env, 200000, 1000)
    t_env.create_temporary_function("f", udf(lambda c: c.str.len(), result_type=DataTypes.BIGINT(), func_type="pandas"))
    return t_env.execute_sql("INSERT INTO o SELECT f(c) FROM s")


def aggregate(env):
    t_env = tables(env, 100000)
    t_env.create_temporary_function("f", udaf(lambda a: a.max(), result_type=DataTypes.BIGINT(), func_type="pandas"))
    t_env.execute_sql("CREATE TEMPORARY VIEW v AS SELECT k, a, PROCTIME() AS p FROM s")
    return t_env.execute_sql("INSERT INTO o SELECT f(a) FROM v GROUP BY k, TUMBLE(p, INTERVAL '1' SECOND)")


# name: what it is, options, the oldest PyFlink it runs with
WORKLOADS = {
    "trivial": (trivial, {}, (1, 13)),
    "small-rows": (small_rows, {}, (1, 13)),
    "long-strings": (long_strings, {}, (1, 13)),
    "pandas-default": (pandas_default, {}, (1, 13)),
    "pandas-large": (pandas_large, {"python_fn__execution_arrow_batch_size": 100000, "python_fn__execution_bundle_size": 100000}, (1, 13)),
    "import-pandas": (import_pandas, {}, (1, 13)),
    "import-numpy": (import_numpy, {}, (1, 13)),
    "scikit-learn": (scikit_learn, {}, (1, 13)),
    "array-300mb": (array_300mb, {}, (1, 13)),
    "keyed-100000": (keyed_100000, {}, (1, 14)),
    "window": (window, {}, (1, 16)),
    "aggregate": (aggregate, {}, (1, 13)),
    "two-operators": (two_operators, {}, (1, 13)),
    "five-operators": (five_operators, {}, (1, 13)),
    "large-bundle": (large_bundle, {"python_fn__execution_bundle_size": 100000}, (1, 13)),
}


def main():
    work, values, _ = WORKLOADS[sys.argv[1]]
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    options(env, **values)
    if os.environ.get("WORKLOAD_PYTHON"):
        options(env, python_executable=os.environ["WORKLOAD_PYTHON"])
    result = work(env)
    if result is None:
        env.execute(sys.argv[1])
    else:
        result.wait()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main()
    else:
        for workload in WORKLOADS:
            print(workload, "%d.%d" % WORKLOADS[workload][2])
