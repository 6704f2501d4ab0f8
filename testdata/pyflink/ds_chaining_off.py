"""DataStream: Flink's chaining off; PyFlink fuses all the same. Submitted with execute_async and awaited."""
from pyflink.common import JobStatus, Types
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.disable_operator_chaining()
env.from_collection([1, 2], Types.LONG()).map(lambda n: n + 1, Types.LONG()).filter(lambda n: n > 1).print()
client = env.execute_async("chaining off")
assert client.get_job_status().result() == JobStatus.FINISHED
print("job", client.get_job_id(), client.get_job_execution_result().result().get_net_runtime())
client.cancel().result()
