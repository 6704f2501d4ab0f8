"""SQL, streaming: INSERT with Python functions before and after a Java aggregate, a join, an over window; memory options."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
env.get_config().set("parallelism.default", "2")
env.get_config().set("table.exec.resource.default-parallelism", "3")
env.get_config().set("python.fn-execution.memory.managed", "false")
env.create_temporary_function("twice", udf(lambda a: a * 2, result_type=DataTypes.BIGINT()))
env.create_temporary_function("total", udf(lambda s: s.sum(), result_type=DataTypes.BIGINT(), func_type="pandas"))
env.execute_sql("""CREATE TABLE s (k BIGINT, a BIGINT, p AS PROCTIME()) WITH ('connector' = 'datagen')""")
env.execute_sql("""CREATE TABLE r (k BIGINT, b BIGINT) WITH ('connector' = 'datagen')""")
env.execute_sql("""CREATE TABLE o (k BIGINT, x BIGINT) WITH ('connector' = 'print')""")
env.execute_sql("""CREATE TABLE n (k BIGINT, x BIGINT) WITH ('connector' = 'blackhole')""")
result = env.execute_sql("INSERT INTO o SELECT k, twice(SUM(twice(a) + 1)) FROM s GROUP BY k")
print(result.get_job_client().get_job_id())
result.print()
env.execute_sql("INSERT INTO n SELECT s.k, twice(b) FROM s JOIN r ON s.k = r.k WHERE twice(a) > 1").wait()
