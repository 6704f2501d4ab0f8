"""Writes the documents that PyFlink gives out of one job, without a cluster: documents.py JOB FOLDER.

JOB.A.json is the execution plan, B the JobGraph's plan, E the compiled plan, F the texts of EXPLAIN (docs/flink-formats.md). One process a job: the ids
of operators count on over the life of a JVM.
"""
import os
import sys

from pyflink.common import Configuration
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, StreamTableEnvironment

import jobs

EXPLAIN = {"explain": "EXPLAIN %s", "explain_all": "EXPLAIN ESTIMATED_COST, CHANGELOG_MODE, JSON_EXECUTION_PLAN %s"}


def main(job, folder):
    def save(kind, text):
        with open(os.path.join(folder, job + "." + kind), "w", encoding="utf-8", newline="") as out:
            out.write(text)

    conf = Configuration()
    if job == "ds_python_chaining_off":
        conf.set_string("python.operator-chaining.enabled", "false")
    if job in jobs.TBL:
        env = in_sql(job, conf, save)
    else:
        env = StreamExecutionEnvironment.get_execution_environment(conf)
        jobs.DS[job](env, {})
    save("A.json", env.get_execution_plan())
    graph = env._generate_stream_graph(False)
    graph.setJobName(job)
    save("B.json", as_json(get_gateway().jvm.org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator.generatePlan(graph.getJobGraph())))


def as_json(plan):
    """From 2.x on the generator gives an object, which REST writes with Jackson."""
    if isinstance(plan, str):
        return plan
    return get_gateway().jvm.org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(plan)


def in_sql(job, conf, save):
    mode, parallelism, rowtime, sinks, statements, _ = jobs.TBL[job]
    conf.set_string("execution.runtime-mode", mode.upper())
    env = StreamExecutionEnvironment.get_execution_environment(conf)
    env.set_parallelism(parallelism)
    settings = EnvironmentSettings.new_instance()
    settings = settings.in_batch_mode() if mode == "batch" else settings.in_streaming_mode()
    tables = StreamTableEnvironment.create(env, environment_settings=settings.build())
    tables.get_config().set("parallelism.default", str(parallelism))
    jobs.tbl_udfs(tables)
    for name in ("s", "s2"):
        jobs.source(tables, name, mode == "batch", rowtime)
    for sink in sinks:
        jobs.sink(tables, *sink)
    whole = statements[0] if len(statements) == 1 else "STATEMENT SET BEGIN " + "; ".join(statements) + "; END"
    for name, statement in EXPLAIN.items():
        with tables.execute_sql(statement % whole).collect() as rows:
            save("F." + name + ".txt", "\n".join(row[0] for row in rows))
    compile_plan(tables, statements, save)
    together = tables.create_statement_set()
    for statement in statements:
        together.add_insert_sql(statement)
    together.attach_as_datastream()
    return env


def compile_plan(tables, statements, save):
    """There is none of a batch job, before 2.0."""
    try:
        if len(statements) == 1:
            save("E.json", tables._j_tenv.compilePlanSql(statements[0]).asJsonString())
            return
        path = os.path.abspath("plan.json")
        tables._j_tenv.executeSql("COMPILE PLAN 'file://%s' FOR STATEMENT SET BEGIN %s; END" % (path, "; ".join(statements)))
        with open(path, encoding="utf-8") as plan:
            save("E.json", plan.read())
    except Exception as refused:  # py4j's, of whatever Flink throws
        print("no compiled plan: " + str(refused).splitlines()[0], file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
