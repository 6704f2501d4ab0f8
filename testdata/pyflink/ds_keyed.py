"""DataStream, streaming: keyed state on RocksDB's share, two inputs, a broadcast state, a window."""
from pyflink.common import Time, Types, WatermarkStrategy
from pyflink.datastream import KeyedProcessFunction, RuntimeContext, StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.datastream.functions import BroadcastProcessFunction, CoMapFunction, ProcessWindowFunction
from pyflink.datastream.state import MapStateDescriptor, ValueStateDescriptor
from pyflink.datastream.window import TumblingProcessingTimeWindows

PAIR = Types.TUPLE([Types.LONG(), Types.LONG()])


class Count(KeyedProcessFunction):
    def open(self, context: RuntimeContext):
        self.count = context.get_state(ValueStateDescriptor("count", Types.LONG()))

    def process_element(self, value, context):
        self.count.update((self.count.value() or 0) + 1)
        yield value[0], self.count.value()


class Both(CoMapFunction):
    def map1(self, value):
        return value

    def map2(self, value):
        return value, value


class Rules(BroadcastProcessFunction):
    def process_element(self, value, context):
        yield value

    def process_broadcast_element(self, value, context):
        pass


class Sum(ProcessWindowFunction):
    def process(self, key, context, elements):
        yield key, sum(e[1] for e in elements)


def main():
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(3)
    numbers = env.from_source(NumberSequenceSource(1, 9), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
    pairs = numbers.map(lambda n: (n % 3, n), PAIR)
    counted = pairs.key_by(lambda p: p[0], Types.LONG()).process(Count(), PAIR).name("count")
    both = counted.connect(numbers).map(Both(), PAIR)
    rules = numbers.broadcast(MapStateDescriptor("rules", Types.LONG(), Types.LONG()))
    both.connect(rules).process(Rules(), PAIR).print()
    counted.key_by(lambda p: p[0]).window(TumblingProcessingTimeWindows.of(Time.seconds(1))).process(Sum(), PAIR).print()
    pairs.key_by(lambda p: p[0]).reduce(lambda a, b: (a[0], a[1] + b[1])).map(str, Types.STRING()).print()
    env.execute()


if __name__ == "__main__":
    main()
