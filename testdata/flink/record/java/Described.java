import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobmanager.scheduler.SlotSharingGroup;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;

/** What Flink made of a job: `expect` of a recorded line. */
class Described {
    final Map<String, Object> answer = new LinkedHashMap<>();
    private final Transformations job;
    private final StreamGraph graph;
    private final Configuration cluster;
    private final Map<StreamEdge, Map<String, Object>> edges = new IdentityHashMap<>();
    private final List<StreamEdge> order = new ArrayList<>();

    /** Asks whether an edge may be chained before the job graph is made, which changes partitioners. */
    Described(Transformations job, StreamGraph graph, Configuration cluster) {
        this.job = job;
        this.graph = graph;
        this.cluster = cluster;
        for (Transformation<Long> t : job.byID.values()) {
            StreamNode node = graph.getStreamNode(t.getId());
            for (StreamEdge edge : node == null ? List.<StreamEdge>of() : node.getInEdges()) {
                edges.put(edge, Answer.of("from", id(edge.getSourceId()), "to", id(edge.getTargetId()),
                    "ship", null, "chainable", StreamingJobGraphGenerator.isChainable(edge, graph)));
                order.add(edge);
            }
        }
    }

    /** One task: its head, and by node the configuration of every operator chained to it. */
    private static class Task {
        JobVertex vertex;
        StreamConfig head;
        Map<Integer, StreamConfig> configs;
        List<String> members = new ArrayList<>();
    }

    void jobGraph(JobGraph made) throws Exception {
        List<Task> tasks = tasks(made);
        Map<String, Object> memory = inOrder();
        Map<SlotSharingGroup, List<String>> groups = new LinkedHashMap<>(); // SlotSharingGroup has no equals: by identity
        List<Object> chains = new ArrayList<>();
        Map<String, Task> taskOf = new HashMap<>();
        for (Task task : tasks) {
            chains.add(task.members);
            task.members.forEach(member -> taskOf.put(member, task));
            groups.computeIfAbsent(task.vertex.getSlotSharingGroup(), g -> new ArrayList<>()).addAll(task.members);
            for (Map.Entry<Integer, StreamConfig> e : task.configs.entrySet()) {
                memory.put(id(e.getKey()), memory(graph.getStreamNode(e.getKey()), e.getValue()));
            }
            partitions(task);
        }
        for (Map<String, Object> edge : edges.values()) {
            edge.put("chained", taskOf.get((String) edge.get("from")) == taskOf.get((String) edge.get("to")) && !edge.containsKey("partition"));
        }
        memory.values().removeIf(Objects::isNull); // what nobody reads is not in the graph
        answer.put("chains", chains);
        answer.put("slotSharing", new ArrayList<>(groups.values()));
        answer.put("edges", edgesInOrder());
        answer.put("slotGroupName", groupNames());
        answer.put("memory", memory);
        if (Reflect.has(StreamGraph.class, "isDynamic")) {
            answer.put("dynamic", Reflect.call(graph, "isDynamic"));
        }
    }

    private List<Task> tasks(JobGraph made) {
        ClassLoader loader = Described.class.getClassLoader();
        List<Task> tasks = new ArrayList<>();
        for (JobVertex vertex : made.getVertices()) {
            Task task = new Task();
            task.vertex = vertex;
            task.head = new StreamConfig(vertex.getConfiguration());
            task.configs = new HashMap<>(task.head.getTransitiveChainedTaskConfigs(loader));
            task.configs.put(task.head.getVertexID(), task.head);
            List<Integer> nodes = new ArrayList<>();
            walk(task.head, task.configs, nodes, loader);
            TreeSet<Integer> sources = new TreeSet<>(task.configs.keySet()); // chained sources are nobody's output
            sources.removeAll(nodes);
            nodes.addAll(sources);
            nodes.forEach(node -> task.members.add(id(node)));
            tasks.add(task);
        }
        tasks.sort(Comparator.comparing(task -> task.head.getVertexID()));
        return tasks;
    }

    private static void walk(StreamConfig config, Map<Integer, StreamConfig> configs, List<Integer> nodes, ClassLoader loader) {
        nodes.add(config.getVertexID());
        for (StreamEdge edge : config.getChainedOutputs(loader)) {
            walk(configs.get(edge.getTargetId()), configs, nodes, loader);
        }
    }

    /** The partition of each exchange into a task. The job edges of a vertex are in the order of its head's physical edges. */
    private void partitions(Task task) throws Exception {
        ClassLoader loader = Described.class.getClassLoader();
        String name = Reflect.has(StreamConfig.class, "getInPhysicalEdges") ? "getInPhysicalEdges" : "getInEdges";
        Collection<?> physical = (Collection<?>) Reflect.call(task.head, name, loader);
        int next = 0;
        for (Object edge : physical) {
            JobEdge input = task.vertex.getInputs().get(next++);
            Map<String, Object> found = edges.get(edge);
            for (StreamEdge other : order) {
                if (found == null && other.equals(edge) && !edges.get(other).containsKey("partition")) {
                    found = edges.get(other); // configurations hold copies
                }
            }
            if (found != null) {
                found.put("partition", input.getSource().getResultType().name().toLowerCase());
            }
        }
    }

    /** Ship strategies as they are after the translation. */
    private List<Object> edgesInOrder() {
        List<Object> list = new ArrayList<>();
        for (StreamEdge edge : order) {
            edges.get(edge).put("ship", edge.getPartitioner().toString());
            list.add(edges.get(edge));
        }
        return list;
    }

    private Map<String, Object> groupNames() {
        Map<String, Object> names = inOrder();
        for (StreamNode node : graph.getStreamNodes()) {
            if (job.ids.containsKey(node.getId())) {
                names.put(id(node.getId()), node.getSlotSharingGroup());
            }
        }
        names.values().removeIf(Objects::isNull);
        return names;
    }

    /** A map that has the job's operators in its order, which Flink's own maps forget. */
    private Map<String, Object> inOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        job.byID.keySet().forEach(id -> map.put(id, null));
        return map;
    }

    private Map<String, Object> memory(StreamNode node, StreamConfig config) throws Exception {
        if (Release.before(1, 12)) {
            return Answer.of("weight", Reflect.call(node, "getManagedMemoryWeight"), "fraction", Reflect.call(config, "getManagedMemoryFraction"));
        }
        Map<String, Object> memory = new LinkedHashMap<>();
        Object weight = ((Map<?, ?>) Reflect.call(node, "getManagedMemoryOperatorScopeUseCaseWeights")).get(Weights.useCase("OPERATOR"));
        if (weight != null) {
            memory.put("weight", weight);
        }
        Set<?> slotScope = (Set<?>) Reflect.call(node, "getManagedMemorySlotScopeUseCases");
        if (!slotScope.isEmpty()) {
            List<String> names = new ArrayList<>();
            new TreeSet<Object>(slotScope).forEach(use -> names.add(use.toString()));
            memory.put("slotScope", names);
        }
        for (String[] use : new String[][] {{"operator", "OPERATOR"}, {"stateBackend", "STATE_BACKEND"}, {"python", "PYTHON"}}) {
            try {
                memory.put(use[0], Weights.fractionOfSlot(config, Weights.useCase(use[1]), cluster));
            } catch (Exception e) {
                memory.put(use[0] + "Error", e.getClass().getName() + ": " + e.getMessage());
            }
        }
        return memory;
    }

    private String id(int node) {
        return job.ids.getOrDefault(node, "#" + node);
    }
}
