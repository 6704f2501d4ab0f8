"""DataStream, batch: a keyed operator sorts its inputs and begins a chain; every exchange blocks."""
from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import RuntimeExecutionMode, StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

PAIR = Types.TUPLE([Types.LONG(), Types.LONG()])

env = StreamExecutionEnvironment.get_execution_environment()
env.set_runtime_mode(RuntimeExecutionMode.BATCH)
env.set_parallelism(2)
source = env.from_source(NumberSequenceSource(1, 100), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
pairs = source.map(lambda n: (n % 3, n), PAIR).name("pair")
sums = pairs.key_by(lambda p: p[0], Types.LONG()).reduce(lambda a, b: (a[0], a[1] + b[1])).name("sum")
sums.map(lambda p: p[1], Types.LONG()).name("pick").print()
pairs.rebalance().map(str, Types.STRING()).name("text").set_parallelism(1).print()
pairs.map(lambda p: p[0], Types.LONG()).name("keys").print()
env.execute("daily sums")
