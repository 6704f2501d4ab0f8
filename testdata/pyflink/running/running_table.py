"""SQL that runs until it is cancelled: a Python function before an aggregate of Flink's own, at parallelism 2."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

t = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t.get_config().set("parallelism.default", "2")
t.get_config().set("pipeline.name", "running table")


@udf(result_type=DataTypes.BIGINT())
def bucket(n):
    return n % 10


t.create_temporary_function("bucket", bucket)
t.execute_sql("CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '5')")
t.execute_sql("CREATE TABLE nowhere (b BIGINT, n BIGINT) WITH ('connector' = 'blackhole')")
t.execute_sql("INSERT INTO nowhere SELECT b, COUNT(n) FROM (SELECT bucket(n) AS b, n FROM numbers) GROUP BY b")
