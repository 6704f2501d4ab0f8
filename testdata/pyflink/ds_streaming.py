"""DataStream, streaming: fused maps, side branches, a union, partitioners, other parallelism, chain control."""
from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(2)
env.set_max_parallelism(128)

numbers = env.from_source(NumberSequenceSource(1, 100), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
letters = env.from_collection(["a", "b"], type_info=Types.STRING())

small = numbers.map(lambda n: n + 1, Types.LONG()).filter(lambda n: n < 50).name("small")
words = small.flat_map(lambda n: [str(n)] * 2, Types.STRING()).set_parallelism(4).set_max_parallelism(64)
alone = words.map(str.upper, Types.STRING()).name("alone").disable_chaining()
united = alone.union(letters, words.map(str.lower, Types.STRING())).map(lambda w: w + "!", Types.STRING())
united.start_new_chain().name("naïve \"name\", 日本語 🚀\n-> (a, b)").print()
small.rescale().map(str, Types.STRING()).print("rescaled").set_parallelism(1)
small.broadcast().map(str, Types.STRING()).shuffle().map(str, Types.STRING()).print("shuffled")
small.partition_custom(lambda key, n: key % n, lambda n: n).map(str, Types.STRING()).forward().print()
env.execute("streaming")
