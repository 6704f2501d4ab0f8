"""SQL, streaming: no table operator names a group, and the profile of default is that of all of them."""
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.slot_sharing_group import SlotSharingGroup
from pyflink.table import DataTypes, StreamTableEnvironment
from pyflink.table.udf import udf

env = StreamExecutionEnvironment.get_execution_environment()
env.register_slot_sharing_group(
    SlotSharingGroup.builder("default").set_cpu_cores(1.0).set_task_heap_memory_mb(256).set_managed_memory_mb(512).build())
tables = StreamTableEnvironment.create(env)


@udf(result_type=DataTypes.BIGINT())
def score(n):
    return n + 1


tables.create_temporary_function("score", score)
tables.execute_sql("CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen')")
tables.execute_sql("CREATE TABLE scores (n BIGINT) WITH ('connector' = 'blackhole')")
tables.execute_sql("INSERT INTO scores SELECT score(n) FROM numbers")
