"""SQL, batch: the planner puts Python operators inside a MultipleInput, where no name tells of them."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
env.get_config().set("parallelism.default", "2")
env.get_config().set("table.optimizer.join.broadcast-threshold", "-1")
env.create_temporary_function("twice", udf(lambda a: a * 2, result_type=DataTypes.BIGINT()))
for name in ("s", "s2"):
    env.execute_sql("CREATE TABLE %s (k BIGINT, a BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '9')" % name)
env.execute_sql("CREATE TABLE o (k BIGINT, x BIGINT) WITH ('connector' = 'print')")
env.execute_sql("""
    INSERT INTO o SELECT l.k, l.x FROM
      (SELECT s.k, twice(s.a + s2.a) AS x FROM s JOIN s2 ON s.k = s2.k) l
      JOIN (SELECT k, MAX(a) AS m FROM s2 GROUP BY k) m ON l.k = m.k
""")
