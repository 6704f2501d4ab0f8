import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Chains, slot sharing groups, exchanges and fractions of managed memory of a job, in Flink's own graphs. */
class Chains {
    private static final ClassLoader LOADER = Chains.class.getClassLoader();

    interface Translation {
        JobGraph of(StreamGraph graph) throws Exception;
    }

    /** The whole graph at once: streaming, and every batch scheduler but the default one of 2.x. */
    static Map<String, Object> wholeGraph(JsonNode question) throws Exception {
        return Answer.of("expect", expect(question.get("job"), graph -> graph.getJobGraph()));
    }

    /** The default batch scheduler of 2.x, whose job graph grows while vertices finish; here in the order in which they were made. */
    static Map<String, Object> byPhase(JsonNode question) throws Exception {
        return Answer.of("expect", expect(question.get("job"), Chains::grown));
    }

    private static JobGraph grown(StreamGraph graph) throws Exception {
        Object manager = Reflect.make(Reflect.type("org.apache.flink.streaming.api.graph.AdaptiveGraphManager"), LOADER, graph, (Executor) Runnable::run);
        JobGraph job = (JobGraph) Reflect.call(manager, "getJobGraph");
        Set<JobVertexID> finished = new HashSet<>();
        for (boolean more = true; more; ) {
            more = false;
            List<JobVertex> vertices = new ArrayList<>();
            job.getVertices().forEach(vertices::add);
            for (JobVertex vertex : vertices) {
                if (finished.add(vertex.getID())) {
                    Reflect.call(manager, "onJobVertexFinished", vertex.getID());
                    more = true;
                }
            }
        }
        Object left = Reflect.call(manager, "getPendingOperatorsCount");
        if ((Integer) left != 0) {
            throw new IllegalStateException("operators left: " + left);
        }
        return job;
    }

    private static Map<String, Object> expect(JsonNode job, Translation translation) throws Exception {
        boolean batch = Transformations.text(job, "mode", "streaming").equals("batch");
        boolean sql = batch && !Transformations.text(job, "api", "sql").equals("datastream");
        Transformations transformations = new Transformations(batch, sql);
        startIDs();
        try {
            Configuration config = TaskManagers.configuration(TaskManagers.strings(job.get("config")));
            StreamExecutionEnvironment env = environment(job, config, batch, sql);
            transformations.addAll(job, env);
            StreamGraph graph = streamGraph(env, config, sql);
            Described described = new Described(transformations, graph, config);
            described.jobGraph(translation.of(graph));
            return described.answer;
        } catch (Exception e) {
            String message = String.valueOf(e.getMessage());
            Map<String, Object> refusal = Answer.of("class", e.getClass().getName(), "message", message, "normalized", withoutIDs(message, transformations));
            return Answer.of("error", refusal, "edges", new ArrayList<>());
        }
    }

    /** Ids of transformations count on over the life of the process: from 1 for every job, so that a message is always the same. */
    private static void startIDs() throws Exception {
        for (String name : new String[] {"idCounter", "ID_COUNTER"}) {
            try {
                Field counter = Transformation.class.getDeclaredField(name);
                counter.setAccessible(true);
                if (counter.getType() == AtomicInteger.class) {
                    ((AtomicInteger) counter.get(null)).set(0);
                } else {
                    counter.set(null, 0); // an int or an Integer
                }
                return;
            } catch (NoSuchFieldException e) {
                // the other name
            }
        }
        throw new NoSuchFieldException("the counter of transformations");
    }

    private static StreamExecutionEnvironment environment(JsonNode job, Configuration config, boolean batch, boolean sql) throws Exception {
        Configuration own = new Configuration(config);
        if (batch && !Release.before(1, 12) && !(sql && Release.before(1, 14))) {
            own.setString("execution.runtime-mode", "BATCH");
        }
        int parallelism = job.has("parallelism") ? job.get("parallelism").asInt() : 1;
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, own);
        env.configure(own, LOADER);
        env.setParallelism(parallelism);
        if (job.has("maxParallelism")) {
            Reflect.call(env, "setMaxParallelism", job.get("maxParallelism").asInt());
        }
        return env;
    }

    /** Up to 1.13 the SQL planner has an executor of its own for batch. */
    private static StreamGraph streamGraph(StreamExecutionEnvironment env, Configuration config, boolean sql) throws Exception {
        if (!sql || !Release.before(1, 14)) {
            return env.getStreamGraph();
        }
        Class<?> executor = Reflect.type("org.apache.flink.table.planner.utils.ExecutorUtils");
        Object table = Reflect.make(Reflect.type("org.apache.flink.table.api.TableConfig"));
        ((Configuration) Reflect.call(table, "getConfiguration")).addAll(config);
        if (Release.before(1, 13)) {
            Reflect.call(executor, "setBatchProperties", env, table);
        } else {
            Reflect.call(executor, "setBatchProperties", env);
        }
        StreamGraph graph = env.getStreamGraph();
        Reflect.call(executor, "setBatchProperties", graph, table);
        return graph;
    }

    private static String withoutIDs(String message, Transformations transformations) {
        for (Integer id : transformations.ids.keySet()) {
            message = message.replace("-" + id + " ", "-<id> ").replaceAll("-" + id + "$", "-<id>");
        }
        return message;
    }
}
