"""DataStream, streaming: slot sharing groups with profiles, one given where it is used, one registered, and default without."""
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.slot_sharing_group import MemorySize, SlotSharingGroup

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(2)
env.register_slot_sharing_group(
    SlotSharingGroup.builder("light").set_cpu_cores(0.25).set_task_heap_memory_mb(64).build())
heavy = (SlotSharingGroup.builder("heavy").set_cpu_cores(1.5).set_task_heap_memory(MemorySize(bytes_size=134217729))
         .set_task_off_heap_memory_mb(16).set_managed_memory_mb(512).build())
numbers = env.from_collection([1, 2, 3], Types.LONG()).slot_sharing_group("light")
scored = numbers.map(lambda n: n + 1, Types.LONG()).name("score").slot_sharing_group(heavy)
scored.map(str, Types.STRING()).name("text").slot_sharing_group("default").print()
env.execute("profiles")
