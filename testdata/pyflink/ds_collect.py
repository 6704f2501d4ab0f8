"""Reads results back: what was submitted until then is exported, and it is said that there are no results.

exit: 3
error: ds_collect.py:17: the program reads the results of a job
"""
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.from_collection([1, 2], Types.LONG()).map(lambda n: n + 1, Types.LONG()).print()
print("result:", env.execute("before").get_all_accumulator_results())

numbers = env.from_collection([1, 2], Types.LONG()).map(lambda n: n * 2, Types.LONG())
numbers.execute_and_collect("closed at once").close()

with numbers.map(str, Types.STRING()).execute_and_collect("read") as results:
    for result in results:
        print(result)
