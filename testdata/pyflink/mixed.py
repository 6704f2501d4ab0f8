"""A table of a data stream and back: one job of both, submitted with execute; and a second one with a statement set."""
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import DataTypes, Schema, StreamTableEnvironment
from pyflink.table.expressions import col
from pyflink.table.udf import udf

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(2)
tables = StreamTableEnvironment.create(env)
twice = udf(lambda a: a * 2, result_type=DataTypes.BIGINT())

rows = env.from_collection([(1, "a")], Types.ROW_NAMED(["n", "w"], [Types.LONG(), Types.STRING()]))
mapped = rows.map(lambda r: r, Types.ROW_NAMED(["n", "w"], [Types.LONG(), Types.STRING()])).name("same")
table = tables.from_data_stream(mapped).select(twice(col("n")).alias("n"), col("w"))
tables.to_data_stream(table).map(lambda r: str(r), Types.STRING()).name("text").print()
env.execute("there and back")

tables.execute_sql("CREATE TABLE o (n BIGINT, w STRING) WITH ('connector' = 'blackhole')")
tables.create_temporary_view("v", mapped.map(lambda r: r, Types.ROW_NAMED(["n", "w"], [Types.LONG(), Types.STRING()])))
tables.execute_sql("INSERT INTO o SELECT * FROM v").wait()
