"""A DataStream that runs until it is cancelled: two slot sharing groups, keyed state in RocksDB, which only the job's own configuration says."""
import time

from pyflink.common import Configuration, Types, WatermarkStrategy
from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.datastream.state import ValueStateDescriptor

config = Configuration()
config.set_string("state.backend.type", "rocksdb")
config.set_string("execution.checkpointing.interval", "10s")
env = StreamExecutionEnvironment.get_execution_environment(config)
env.set_parallelism(2)


def slow(n):
    time.sleep(0.05)
    return n


class Count(KeyedProcessFunction):
    def open(self, context):
        self.count = context.get_state(ValueStateDescriptor("count", Types.LONG()))

    def process_element(self, value, context):
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        yield str(count)


source = env.from_source(NumberSequenceSource(1, 1 << 60), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
slowed = source.map(slow, Types.LONG()).name("slow")
counted = slowed.key_by(lambda n: n % 10).process(Count(), Types.STRING()).name("count").slot_sharing_group("counting")
counted.print()
env.execute("running datastream")
