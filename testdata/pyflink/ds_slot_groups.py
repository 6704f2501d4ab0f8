"""DataStream: slot sharing groups, set and inherited; inherited ones keep PyFlink from fusing."""
from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(2)
source = env.from_source(NumberSequenceSource(1, 9), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
first = source.map(lambda n: n + 1, Types.LONG()).name("in default")
heavy = first.map(lambda n: n * n, Types.LONG()).name("heavy").slot_sharing_group("gpu")
still = heavy.filter(lambda n: n > 1).name("still gpu")
out = still.map(str, Types.STRING()).name("out").slot_sharing_group("io")
out.print()
first.key_by(lambda n: n).map(str, Types.STRING()).name("keyed").slot_sharing_group("gpu").print()
env.execute("slot groups")
