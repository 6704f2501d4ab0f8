import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.*;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.flink.configuration.*;
import org.apache.flink.runtime.jobgraph.*;
import org.apache.flink.runtime.minicluster.*;

/** Runs a job of clusters.jsonl on a MiniCluster and says what slots its TaskManagers then have, and what the operators see. */
class Clusters {
    static ObjectNode record(JsonNode job) {
        ObjectNode out = Json.object();
        Configuration c = new Configuration();
        job.get("cluster").fields().forEachRemaining(e -> c.setString(e.getKey(), e.getValue().asText()));
        c.setString("rest.port", "0"); c.setString("rest.bind-port", "0"); c.setString("slot.request.timeout", "4000"); c.setString("jobmanager.adaptive-scheduler.resource-wait-timeout", "4 s"); c.setString("jobmanager.adaptive-scheduler.submission.resource-wait-timeout", "4 s");
        c.setString("resourcemanager.standalone.start-up-time", "1000"); c.setString("slotmanager.requirement-check.delay", "50 ms"); c.setString("restart-strategy", "none"); c.setString("restart-strategy.type", "none");
        Probe.SEEN.clear();
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(c)
                .setNumTaskManagers(job.get("taskManagers").asInt()).setNumSlotsPerTaskManager(job.get("slots").asInt()).build())) {
            cluster.start();
            JobGraph graph = Graphs.environment(job).getStreamGraph().getJobGraph();
            org.apache.flink.api.common.JobID id = cluster.submitJob(graph).get().getJobID();
            int probes = 0;
            for (JsonNode o : job.get("job").get("operators")) if (o.has("inputs")) probes++;
            for (int i = 0; i < 150 && Probe.SEEN.size() < probes && !cluster.getJobStatus(id).get().isGloballyTerminalState(); i++) Thread.sleep(100);
            Thread.sleep(300);
            if (cluster.getJobStatus(id).get().isGloballyTerminalState() || Probe.SEEN.size() < probes) {
                Throwable t = Json.root(cluster.requestJobResult(id).get(20, TimeUnit.SECONDS).getSerializedThrowable().get().deserializeError(Clusters.class.getClassLoader()));
                out.set("error", Json.error(t));
                return out;
            }
            ArrayNode tms = out.putArray("taskManagers");
            URI rest = cluster.getRestAddress().get();
            List<JsonNode> all = new ArrayList<>();
            for (JsonNode t : Json.M.readTree(rest.resolve("/taskmanagers").toURL()).get("taskmanagers"))
                all.add(Json.M.readTree(rest.resolve("/taskmanagers/" + t.get("id").asText()).toURL()));
            for (JsonNode t : all) {
                ObjectNode n = tms.addObject().put("slots", t.get("slotsNumber").asInt()).put("free", t.get("freeSlots").asInt());
                n.set("totalResource", t.get("totalResource"));
                n.set("freeResource", t.get("freeResource"));
                ArrayNode slots = n.putArray("allocatedSlots");
                for (JsonNode s : t.path("allocatedSlots")) slots.add(s.get("resource"));
            }
            ObjectNode seen = out.putObject("operators");
            Probe.SEEN.forEach((k, v) -> seen.putObject(k).put("managed", v[0]).put("pythonShare", v[1]));
            cluster.cancelJob(id).get();
        } catch (Throwable t) { out.removeAll(); out.set("error", Json.error(Json.root(t))); }
        return out;
    }
}
