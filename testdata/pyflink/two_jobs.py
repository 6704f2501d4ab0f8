"""Two submissions of one environment, and one of a second environment.

args: --rows 7 -o file
"""
import argparse
import os
import sys

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import EnvironmentSettings, TableEnvironment

assert __name__ == "__main__" and sys.modules["__main__"].__dict__ is globals()
assert os.path.isabs(__file__) and sys.path[0] == os.path.dirname(os.path.realpath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("--rows", type=int)
parser.add_argument("-o")
options = parser.parse_args()
assert os.path.basename(sys.argv[0]) == "two_jobs.py" and options.o == "file"

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(options.rows)
env.from_collection([1, 2], Types.LONG()).map(lambda n: n + 1, Types.LONG()).name("first").print()
env.execute("first")
env.from_collection([1, 2], Types.LONG()).key_by(lambda n: n).map(lambda n: n, Types.LONG()).name("second").print()
env.execute("second")

tables = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
tables.execute_sql("CREATE TABLE source (a INT) WITH ('connector' = 'datagen', 'number-of-rows' = '%d')" % options.rows)
tables.execute_sql("SELECT a + 1 FROM source").print()
sys.exit(0)
