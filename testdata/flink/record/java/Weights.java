import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.flink.api.common.operators.ResourceSpec;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** Consumer weights of managed memory, fractions of a slot, and the bytes that they come to. */
class Weights {
    private static final String GENERATOR = "org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator";
    private static final String STREAM_CONFIG = "org.apache.flink.streaming.api.graph.StreamConfig";
    private static final String UTILS = "org.apache.flink.runtime.util.config.memory.ManagedMemoryUtils";
    private static final ClassLoader LOADER = Weights.class.getClassLoader();

    static Map<String, Object> answer(JsonNode question) throws Throwable {
        String kind = question.get("kind").asText();
        Map<String, Object> answer = new LinkedHashMap<>();
        Log.forget();
        try {
            answer.put("expect", expect(kind, question));
        } catch (Throwable t) {
            answer.put("error", Answer.refusal(t));
            return answer;
        }
        List<String> log = new ArrayList<>();
        if (kind.equals("weights")) {
            log = Log.take("DEBUG", "WARN", "INFO");
            log.removeIf(entry -> !entry.contains("anaged memory"));
        } else if (kind.equals("fraction") || kind.equals("stateBackendUsesManaged")) {
            log = Log.take("WARN");
        }
        if (!log.isEmpty()) {
            answer.put("log", log);
        }
        return answer;
    }

    private static Object expect(String kind, JsonNode q) throws Throwable {
        switch (kind) {
            case "weights": return weights(configuration(q));
            case "fraction": return fraction(q);
            case "compute": return bytes(q.get("managed").asLong(), Double.parseDouble(q.get("fraction").asText()));
            case "round": return Reflect.call(Reflect.type(Release.before(1, 12) ? GENERATOR : UTILS), "getFractionRoundedDown",
                q.get("dividend").asLong(), q.get("divisor").asLong());
            case "group110": return groupByWeight(q);
            case "group112": return groupByUseCase(q);
            case "stateBackendUsesManaged": return Reflect.call(Reflect.type("org.apache.flink.runtime.state.StateBackendLoader"),
                "stateBackendFromApplicationOrConfigOrDefaultUseManagedMemory", configuration(q), Optional.ofNullable(truth(q, "stateBackend")), LOADER);
            default: throw new IllegalArgumentException("kind " + kind);
        }
    }

    /** standardYaml says whether values are read as those of config.yaml or of flink-conf.yaml; only some versions tell them apart. */
    private static Configuration configuration(JsonNode q) throws Exception {
        Map<String, String> options = TaskManagers.strings(q.get("config"));
        Boolean standard = truth(q, "standardYaml");
        if (standard == null) {
            return TaskManagers.configuration(options);
        }
        Constructor<?> constructor = Configuration.class.getDeclaredConstructor(boolean.class);
        constructor.setAccessible(true);
        Configuration config = (Configuration) constructor.newInstance(standard);
        options.forEach(config::setString);
        return config;
    }

    private static Object weights(Configuration config) throws Throwable {
        Map<String, Object> byName = new TreeMap<>();
        Map<?, ?> weights = (Map<?, ?>) Reflect.call(Reflect.type(UTILS), "getManagedMemoryUseCaseWeightsFromConfig", config);
        weights.forEach((use, weight) -> byName.put(name(use), weight));
        return byName;
    }

    private static Object fraction(JsonNode q) throws Throwable {
        Method m = Reflect.method(Reflect.type(UTILS), "convertToFractionOfSlot", -1);
        Object use = useCase(q.get("useCase").asText());
        double ofUse = q.get("fractionOfUseCase").asDouble();
        Set<Object> all = useCases(q.get("all"));
        Optional<Boolean> backend = Optional.ofNullable(truth(q, "stateBackend"));
        Configuration job = new Configuration(), cluster = configuration(q);
        double fraction = (Double) Reflect.thrown(() -> m.getParameterCount() == 6
            ? m.invoke(null, use, ofUse, all, cluster, backend, LOADER)
            : m.invoke(null, use, ofUse, all, job, cluster, backend, LOADER));
        return Answer.of("fraction", fraction, "bytes", bytes(q.get("managed").asLong(), fraction));
    }

    /** 1.10 and 1.11: every operator has a weight; reserves says whether what it requires is no more than its share. */
    private static Object groupByWeight(JsonNode q) throws Throwable {
        Method set = Reflect.method(Reflect.type(GENERATOR), "setManagedMemoryFractionForOperator", 5);
        JsonNode weights = q.get("weights");
        int sum = 0;
        for (JsonNode w : weights) {
            sum += w.asInt(); // as Flink adds them up, beyond 2^31 too
        }
        final int total = sum;
        List<Object> fractions = new ArrayList<>(), shares = new ArrayList<>(), reserves = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Object config = streamConfig();
            int weight = weights.get(i).asInt();
            Reflect.thrown(() -> set.invoke(null, ResourceSpec.UNKNOWN, ResourceSpec.UNKNOWN, weight, total, config));
            double fraction = (Double) Reflect.call(config, "getManagedMemoryFraction");
            Object share = bytes(q.get("managed").asLong(), fraction);
            fractions.add(fraction);
            shares.add(share);
            reserves.add(share instanceof Long && q.get("required").get(i).asLong() <= (Long) share);
        }
        return Answer.of("fractions", fractions, "shares", shares, "reserves", reserves);
    }

    /** 1.12 and later: operators declare use cases, with a weight of their own or for the whole slot. */
    private static Object groupByUseCase(JsonNode q) throws Throwable {
        Map<Object, Integer> sums = new LinkedHashMap<>();
        Set<Object> slotUses = new LinkedHashSet<>();
        List<Map<Object, Integer>> weights = new ArrayList<>();
        List<Set<Object>> slots = new ArrayList<>();
        for (JsonNode operator : q.get("operators")) {
            Map<Object, Integer> own = new LinkedHashMap<>();
            for (Map.Entry<String, String> e : TaskManagers.strings(operator.get("weights")).entrySet()) {
                own.put(useCase(e.getKey()), Integer.valueOf(e.getValue()));
                sums.merge(useCase(e.getKey()), Integer.valueOf(e.getValue()), Integer::sum);
            }
            weights.add(own);
            slots.add(useCases(operator.get("slot")));
            slotUses.addAll(useCases(operator.get("slot")));
        }
        Method set = Reflect.method(Reflect.type(GENERATOR), "setManagedMemoryFractionForOperator", -1);
        List<Object> shares = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Object config = streamConfig();
            Map<Object, Integer> own = weights.get(i);
            Set<Object> slot = slots.get(i);
            Reflect.thrown(() -> set.getParameterCount() == 6
                ? set.invoke(null, ResourceSpec.UNKNOWN, own, slot, sums, slotUses, config)
                : set.invoke(null, own, slot, sums, slotUses, config));
            if (truth(q, "stateBackend") != null) {
                Reflect.call(config, "setStateBackendUsesManagedMemory", truth(q, "stateBackend"));
            }
            Set<Object> uses = new LinkedHashSet<>(own.keySet());
            uses.addAll(slot);
            shares.add(shares(config, uses, q));
        }
        return shares;
    }

    private static Map<String, Object> shares(Object config, Set<Object> uses, JsonNode q) throws Throwable {
        Map<String, Object> shares = new LinkedHashMap<>();
        for (Object use : uses) {
            try {
                double fraction = fractionOfSlot(config, use, configuration(q));
                shares.put(name(use), Answer.of("fraction", fraction, "bytes", bytes(q.get("managed").asLong(), fraction)));
            } catch (Throwable t) {
                shares.put(name(use), Answer.of("error", Answer.refusal(t)));
            }
        }
        return shares;
    }

    /** What StreamConfig says an operator has of its slot; from 1.18 on the job's configuration is a parameter too. */
    static double fractionOfSlot(Object streamConfig, Object use, Configuration cluster) throws Exception {
        Method m = Reflect.method(streamConfig.getClass(), "getManagedMemoryFractionOperatorUseCaseOfSlot", -1);
        return (Double) Reflect.thrown(() -> m.getParameterCount() == 3
            ? m.invoke(streamConfig, use, cluster, LOADER)
            : m.invoke(streamConfig, use, new Configuration(), cluster, LOADER));
    }

    private static Object bytes(long managed, double fraction) {
        MemoryManager manager = null;
        try {
            manager = MemoryManager.create(managed, 32768);
            return manager.computeMemorySize(fraction);
        } catch (Throwable t) {
            return Answer.of("error", Answer.refusal(t));
        } finally {
            if (manager != null) {
                manager.shutdown();
            }
        }
    }

    private static Object streamConfig() throws Exception {
        return Reflect.make(Reflect.type(STREAM_CONFIG), new Configuration());
    }

    private static Boolean truth(JsonNode q, String key) {
        return q.hasNonNull(key) ? (Boolean) q.get(key).asBoolean() : null;
    }

    /** 1.12 calls the operators' use case BATCH_OP. */
    static Object useCase(String name) {
        Class<?> type = Reflect.type("org.apache.flink.core.memory.ManagedMemoryUseCase");
        return Reflect.constant(type, name.equals("OPERATOR") && Release.before(1, 13) ? "BATCH_OP" : name);
    }

    private static String name(Object useCase) {
        return useCase.toString().equals("BATCH_OP") ? "OPERATOR" : useCase.toString();
    }

    private static Set<Object> useCases(JsonNode names) {
        Set<Object> uses = new LinkedHashSet<>();
        if (names != null) {
            names.forEach(name -> uses.add(useCase(name.asText())));
        }
        return uses;
    }
}
