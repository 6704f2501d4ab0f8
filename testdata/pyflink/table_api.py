"""Table API, streaming: a scalar, a table and an aggregate function; execute_insert."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col
from pyflink.table.udf import AggregateFunction, udaf, udf, udtf


@udf(result_type=DataTypes.BIGINT())
def twice(a):
    return a * 2


@udtf(result_types=[DataTypes.STRING()])
def split(text):
    yield from text.split()


class Sum(AggregateFunction):
    def create_accumulator(self):
        return [0]

    def accumulate(self, accumulator, value):
        accumulator[0] += value

    def get_value(self, accumulator):
        return accumulator[0]

    def get_accumulator_type(self):
        return DataTypes.ARRAY(DataTypes.BIGINT())

    def get_result_type(self):
        return DataTypes.BIGINT()


def main():
    env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    env.get_config().set("parallelism.default", "2")
    env.execute_sql("CREATE TABLE source (k BIGINT, a BIGINT, text STRING) WITH ('connector' = 'datagen')").print()
    env.execute_sql("CREATE TABLE sink (k BIGINT, total BIGINT) WITH ('connector' = 'print')")
    words = env.from_path("source").join_lateral(split(col("text")).alias("word"))
    doubled = words.select(col("k"), twice(col("a")).alias("b"), col("word"))
    total = udaf(Sum())
    result = doubled.group_by(col("k")).select(col("k"), total(col("b")))
    result.execute_insert("sink").wait()


if __name__ == "__main__":
    main()
