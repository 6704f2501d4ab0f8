"""Builds a job and forgets to submit it.

exit: 3
error: never_submits.py submits nothing
"""
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.from_collection([1, 2]).map(lambda n: n + 1).print()
