import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.*;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.*;
import java.util.*;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.*;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.jobgraph.*;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.streaming.api.datastream.*;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.*;

/** A job of graphs.jsonl, made with Flink's own DataStream API, and what Flink makes of it. */
class Graphs {
    /** The group of a profile; whatever the profile leaves out is not set. Sizes are Flink's text. */
    static SlotSharingGroup group(JsonNode g) {
        SlotSharingGroup.Builder b = SlotSharingGroup.newBuilder(g.get("name").asText());
        if (g.has("cpuCores")) b.setCpuCores(Double.parseDouble(g.get("cpuCores").asText()));
        if (g.has("taskHeap")) b.setTaskHeapMemory(MemorySize.parse(g.get("taskHeap").asText()));
        if (g.has("taskOffHeap")) b.setTaskOffHeapMemory(MemorySize.parse(g.get("taskOffHeap").asText()));
        if (g.has("managed")) b.setManagedMemory(MemorySize.parse(g.get("managed").asText()));
        return b.build();
    }

    /** The job of a case, a job file of udfplan: groups that are "registered" are given to the environment, the others where operators name
        them; "again" gives an operator a second one. */
    static StreamExecutionEnvironment environment(JsonNode c) throws Exception {
        JsonNode job = c.get("job");
        Set<String> registered = new HashSet<>();
        c.path("registered").forEach(n -> registered.add(n.asText()));
        Configuration conf = new Configuration();
        if (job.has("config")) job.get("config").fields().forEachRemaining(e -> conf.setString(e.getKey(), e.getValue().asText()));
        conf.setString("execution.runtime-mode", job.path("mode").asText("streaming").toUpperCase(Locale.ROOT));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(conf);
        Map<String, SlotSharingGroup> groups = new HashMap<>();
        for (JsonNode g : job.path("slotSharingGroups")) {
            SlotSharingGroup built = group(g);
            if (registered.contains(built.getName())) env.registerSlotSharingGroup(built); else groups.put(built.getName(), built);
        }
        Map<String, SingleOutputStreamOperator<Long>> made = new HashMap<>();
        for (JsonNode o : job.get("operators")) {
            String id = o.get("id").asText();
            SingleOutputStreamOperator<Long> s;
            if (!o.has("inputs")) s = env.fromSequence(1, c.path("records").asLong(Long.MAX_VALUE - 1));
            else {
                JsonNode from = o.get("inputs").get(0);
                DataStream<Long> in = from.isObject() ? made.get(from.get("from").asText()).rebalance() : made.get(from.asText());
                s = in.transform(id, Types.LONG, new Probe(id));
            }
            // An operator that does not say otherwise is a head up to 1.20, and any from 2.0 on.
            if (o.has("inputs")) ((org.apache.flink.streaming.api.transformations.PhysicalTransformation<Long>) s.getTransformation()).setChainingStrategy(
                o.has("chainingStrategy") ? org.apache.flink.streaming.api.operators.ChainingStrategy.HEAD : org.apache.flink.streaming.api.operators.ChainingStrategy.ALWAYS);
            s.name(id).uid(id).setParallelism(o.path("parallelism").asInt(1));
            if (o.has("slotSharingGroup")) {
                String name = o.get("slotSharingGroup").asText();
                if (groups.containsKey(name)) s.slotSharingGroup(groups.get(name)); else s.slotSharingGroup(name);
            }
            if (c.path("again").has(id)) s.slotSharingGroup(group(c.get("again").get(id)));
            if (o.path("python").asBoolean()) s.getTransformation().declareManagedMemoryUseCaseAtSlotScope(ManagedMemoryUseCase.PYTHON);
            if (o.has("managedMemory")) s.getTransformation().declareManagedMemoryUseCaseAtOperatorScope(ManagedMemoryUseCase.OPERATOR, (int) MemorySize.parse(o.get("managedMemory").asText()).getMebiBytes());
            made.put(id, s);
        }
        return env;
    }

    static ObjectNode profile(ResourceProfile p) {
        ObjectNode o = Json.object();
        if (p.equals(ResourceProfile.UNKNOWN)) return o.put("unknown", true);
        return o.put("cpuCores", p.getCpuCores().getValue().toPlainString()).put("taskHeap", p.getTaskHeapMemory().getBytes())
            .put("taskOffHeap", p.getTaskOffHeapMemory().getBytes()).put("managed", p.getManagedMemory().getBytes()).put("network", p.getNetworkMemory().getBytes());
    }

    static double fraction(StreamConfig c, ManagedMemoryUseCase u) throws Exception {
        Configuration none = new Configuration();
        try { return (double) Json.call(c, "getManagedMemoryFractionOperatorUseCaseOfSlot", u, none, Graphs.class.getClassLoader()); }
        catch (NoSuchMethodException e) { return (double) Json.call(c, "getManagedMemoryFractionOperatorUseCaseOfSlot", u, none, none, Graphs.class.getClassLoader()); }
    }

    static ObjectNode record(JsonNode job) {
        ObjectNode out = Json.object();
        try {
            StreamGraph graph = environment(job).getStreamGraph();
            JobGraph jg = graph.getJobGraph();
            out.put("jobType", jg.getJobType().name());
            ArrayNode vertices = out.putArray("vertices");
            for (JobVertex v : jg.getVerticesSortedTopologicallyFromSources()) {
                ObjectNode n = vertices.addObject().put("name", v.getName());
                n.set("profile", profile(v.getSlotSharingGroup().getResourceProfile()));
                n.put("minResources", String.valueOf(v.getMinResources()));
                ArrayNode results = n.putArray("results");
                for (IntermediateDataSet d : v.getProducedDataSets()) results.add(String.valueOf(d.getResultType()));
                StreamConfig h = new StreamConfig(v.getConfiguration());
                Map<Integer, StreamConfig> all = new TreeMap<>(h.getTransitiveChainedTaskConfigs(Graphs.class.getClassLoader()));
                all.put(h.getVertexID(), h);
                ObjectNode fractions = n.putObject("fractions");
                for (StreamConfig s : all.values())
                    fractions.putObject(graph.getStreamNode(s.getVertexID()).getOperatorName())
                        .put("operator", fraction(s, ManagedMemoryUseCase.OPERATOR)).put("python", fraction(s, ManagedMemoryUseCase.PYTHON));
            }
        } catch (NullPointerException e) { throw e; // the recorder's own
        } catch (Throwable t) { out.removeAll(); out.set("error", Json.error(t)); }
        return out;
    }
}
