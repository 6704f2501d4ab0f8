import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.*;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.*;
import java.lang.reflect.*;
import java.util.*;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.resources.CPUResource;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.resourcemanager.slotmanager.*;
import org.apache.flink.runtime.slots.ResourceRequirement;
import org.apache.flink.runtime.util.ResourceCounter;

/** How many TaskManagers Flink starts for slots of different sizes, and which slots each gets: its own DefaultResourceAllocationStrategy. */
class Fill {
    static ResourceProfile profile(JsonNode p) {
        if (p.path("unknown").asBoolean()) return ResourceProfile.UNKNOWN;
        return ResourceProfile.newBuilder().setCpuCores(p.get("cpuCores").asDouble())
            .setTaskHeapMemory(new MemorySize(p.get("taskHeap").asLong())).setTaskOffHeapMemory(new MemorySize(p.get("taskOffHeap").asLong()))
            .setManagedMemory(new MemorySize(p.get("managed").asLong())).setNetworkMemory(new MemorySize(p.get("network").asLong())).build();
    }

    static Object strategy(ResourceProfile total, int slots, boolean spread) throws Exception {
        Constructor<?> c = DefaultResourceAllocationStrategy.class.getDeclaredConstructors()[0];
        c.setAccessible(true);
        Class<?>[] types = c.getParameterTypes();
        Object[] args = new Object[types.length];
        int ints = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == ResourceProfile.class) args[i] = total;
            else if (types[i] == int.class) args[i] = ints++ == 0 ? slots : 0;
            else if (types[i] == boolean.class) args[i] = spread;
            else if (types[i].isEnum()) args[i] = Enum.valueOf((Class) types[i], spread ? "SLOTS" : "NONE");
            else if (types[i] == java.time.Duration.class) args[i] = java.time.Duration.ofSeconds(30);
            else if (types[i].getSimpleName().equals("Time")) args[i] = types[i].getMethod("seconds", long.class).invoke(null, 30L);
            else if (types[i] == CPUResource.class) args[i] = new CPUResource(0.0);
            else if (types[i] == MemorySize.class) args[i] = MemorySize.ZERO;
            else throw new IllegalStateException("parameter " + types[i]);
        }
        return c.newInstance(args);
    }

    /** Nothing runs yet: every TaskManager is started for the job. */
    static Object nothing(Class<?> type) {
        return Proxy.newProxyInstance(Fill.class.getClassLoader(), new Class<?>[]{type}, (p, m, a) ->
            m.getReturnType() == boolean.class ? (Object) false : m.getReturnType() == Map.class ? Collections.emptyMap()
            : m.getReturnType() == Optional.class ? Optional.empty() : Collections.emptyList());
    }

    static ObjectNode record(JsonNode c) {
        ObjectNode out = Json.object();
        try {
            List<ResourceRequirement> missing = new ArrayList<>();
            List<ResourceProfile> profiles = new ArrayList<>();
            for (JsonNode r : c.get("slots")) {
                profiles.add(profile(r));
                missing.add(ResourceRequirement.create(profile(r), r.get("count").asInt()));
            }
            ResourceProfile total = profile(c.get("taskManager"));
            Object s = strategy(total, c.get("taskManager").get("slots").asInt(), c.path("spread").asBoolean());
            Map<JobID, Collection<ResourceRequirement>> of = new LinkedHashMap<>();
            of.put(new JobID(), missing);
            Method m = null;
            for (Method x : s.getClass().getDeclaredMethods()) if (x.getName().equals("tryFulfillRequirements")) m = x;
            m.setAccessible(true);
            Object[] args = new Object[m.getParameterCount()];
            args[0] = of;
            for (int i = 1; i < args.length; i++) args[i] = nothing(m.getParameterTypes()[i]);
            ResourceAllocationResult result = (ResourceAllocationResult) m.invoke(s, args);
            out.put("unfulfillable", !result.getUnfulfillableJobs().isEmpty());
            ResourceProfile byDefault = SlotManagerUtils.generateDefaultSlotResourceProfile(total, c.get("taskManager").get("slots").asInt());
            out.set("defaultSlot", Graphs.profile(byDefault));
            ArrayNode tms = out.putArray("taskManagers");
            for (PendingTaskManager t : result.getPendingTaskManagersToAllocate()) {
                ArrayNode counts = tms.addArray();
                Map<JobID, ResourceCounter> all = result.getAllocationsOnPendingResources().get(t.getPendingTaskManagerId());
                for (ResourceProfile p : profiles) {
                    int n = 0;
                    ResourceProfile q = p.equals(ResourceProfile.UNKNOWN) ? byDefault : p;
                    if (all != null) for (ResourceCounter k : all.values()) n += k.getResourceCount(q);
                    counts.add(n);
                }
            }
        } catch (Throwable t) { out.removeAll(); out.set("error", Json.error(Json.root(t))); }
        return out;
    }
}
