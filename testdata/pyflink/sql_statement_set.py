"""SQL: statement sets, streaming and batch, in Python and as SQL text."""
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

for settings in (EnvironmentSettings.in_streaming_mode(), EnvironmentSettings.in_batch_mode()):
    env = TableEnvironment.create(settings)
    env.get_config().set("parallelism.default", "3")
    env.create_temporary_function("twice", udf(lambda a: a * 2, result_type=DataTypes.BIGINT()))
    env.execute_sql("CREATE TABLE s (k BIGINT, a BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '9')")
    env.execute_sql("CREATE TABLE o (a BIGINT) WITH ('connector' = 'print')")
    env.execute_sql("CREATE TABLE o2 (k BIGINT, a BIGINT) WITH ('connector' = 'blackhole')")
    statements = env.create_statement_set()
    statements.add_insert_sql("INSERT INTO o SELECT twice(a) FROM s")
    statements.add_insert("o2", env.sql_query("SELECT k, MAX(twice(a)) FROM s GROUP BY k"))
    statements.execute().wait()
    env.execute_sql("""EXECUTE STATEMENT SET BEGIN
        INSERT INTO o SELECT twice(a + 1) FROM s;
        INSERT INTO o2 SELECT k, a FROM s WHERE twice(a) > 3;
    END""").wait()
