"""SQL, batch: INSERT with scalar and Pandas functions around a hash aggregate, a join and a sort; all-pipelined once."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udaf, udf

env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
env.get_config().set("table.exec.resource.default-parallelism", "2")
env.create_temporary_function("twice", udf(lambda a: a * 2, result_type=DataTypes.BIGINT()))
env.create_temporary_function("total", udaf(lambda s: s.sum(), result_type=DataTypes.BIGINT(), func_type="pandas"))
for name in ("s", "r"):
    env.execute_sql("CREATE TABLE %s (k BIGINT, a BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '9')" % name)
env.execute_sql("CREATE TABLE o (k BIGINT, x BIGINT) WITH ('connector' = 'print')")
env.execute_sql("INSERT INTO o SELECT k, twice(m) FROM (SELECT k, MAX(twice(a) + 1) AS m FROM s GROUP BY k)")
env.execute_sql("INSERT INTO o SELECT k, total(a) FROM s GROUP BY k")
env.execute_sql("INSERT INTO o SELECT s.k, twice(r.a) FROM s JOIN r ON twice(s.a) = r.a ORDER BY s.k LIMIT 3")
env.get_config().set("execution.batch-shuffle-mode", "ALL_EXCHANGES_PIPELINED")
env.get_config().set("table.exec.resource.hash-agg.memory", "64 mb")
env.execute_sql("INSERT INTO o SELECT k, twice(m) FROM (SELECT k, MAX(twice(a) + 1) AS m FROM s GROUP BY k)").wait()
