"""DataStream: PyFlink's fusion off, so that Flink chains the Python operators; one edge chains no other max parallelism."""
from pyflink.common import Configuration, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

options = Configuration()
options.set_string("python.operator-chaining.enabled", "false")
options.set_string("pipeline.operator-chaining.chain-operators-with-different-max-parallelism", "false")
env = StreamExecutionEnvironment.get_execution_environment(options)
source = env.from_source(NumberSequenceSource(1, 9), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
first = source.map(lambda n: n + 1, Types.LONG()).name("a")
second = first.map(lambda n: n * n, Types.LONG()).name("b")
second.set_max_parallelism(32).map(str, Types.STRING()).name("c").print()
first.filter(lambda n: n > 1).name("d").print()
env.execute("fusion off")
