"""DataStream: thread mode, in which an operator has no worker process."""
from pyflink.common import Configuration, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.datastream.functions import KeyedProcessFunction


class Same(KeyedProcessFunction):
    def process_element(self, value, context):
        yield value


def main():
    options = Configuration()
    options.set_string("python.execution-mode", "thread")
    env = StreamExecutionEnvironment.get_execution_environment(options)
    env.set_parallelism(2)
    numbers = env.from_source(NumberSequenceSource(1, 9), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
    mapped = numbers.map(lambda n: n + 1, Types.LONG())
    mapped.key_by(lambda n: n % 2).process(Same(), Types.LONG()).print()
    env.execute("thread mode")


if __name__ == "__main__":
    main()
