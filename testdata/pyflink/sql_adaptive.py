"""SQL, batch: the parallelism is left to the adaptive batch scheduler, except that of one operator."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
env.get_config().set("parallelism.default", "-1")
env.create_temporary_function("twice", udf(lambda a: a * 2, result_type=DataTypes.BIGINT()))
env.execute_sql("CREATE TABLE s (k BIGINT, a BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '9')")
env.execute_sql("CREATE TABLE o (k BIGINT, x BIGINT) WITH ('connector' = 'print')")
env.execute_sql("INSERT INTO o SELECT k, twice(m) FROM (SELECT k, MAX(twice(a) + 1) AS m FROM s GROUP BY k) ORDER BY k").wait()
