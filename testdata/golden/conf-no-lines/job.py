from pyflink.table import TableEnvironment

t_env = TableEnvironment.create(settings)
t_env.execute_sql("SELECT 1")
