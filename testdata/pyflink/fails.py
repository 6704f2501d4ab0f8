"""Fails after a submission: the traceback is the program's own, and nothing is written.

exit: 3
error: fails.py failed: KeyError
"""
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.from_collection([1, 2]).map(lambda n: n + 1).print()
env.execute()
{}["no such key"]
