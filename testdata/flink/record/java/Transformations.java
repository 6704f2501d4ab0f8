import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;
import org.apache.flink.streaming.runtime.partitioner.*;

/** A job file's operators (docs/design.md 4.1), as the transformations that a program of Flink makes. */
@SuppressWarnings({"unchecked", "rawtypes"})
class Transformations {
    private static final String PACKAGE = "org.apache.flink.streaming.api.transformations.";

    final Map<String, Transformation<Long>> byID = new LinkedHashMap<>();
    final Map<Integer, String> ids = new HashMap<>();
    private final boolean batch, sql;

    Transformations(boolean batch, boolean sql) {
        this.batch = batch;
        this.sql = sql;
    }

    void addAll(JsonNode job, StreamExecutionEnvironment env) throws Exception {
        boolean onlySinks = text(job, "consumerOrder", "").equals("from-sinks"); // all that the SQL planner hands over
        Set<String> consumed = new HashSet<>();
        for (JsonNode operator : job.get("operators")) {
            for (JsonNode input : operator.path("inputs")) {
                consumed.add(input.get("from").asText());
            }
        }
        for (JsonNode operator : job.get("operators")) {
            String id = operator.get("id").asText();
            Transformation<Long> t = operator.path("inputs").isEmpty() ? source(operator) : consumer(operator);
            settings(t, operator);
            declareMemory(t, operator);
            t.setUid(id);
            byID.put(id, t);
            ids.put(t.getId(), id);
            if (!operator.path("inputs").isEmpty() && !(onlySinks && consumed.contains(id))) {
                env.addOperator(t);
            }
        }
    }

    private Transformation<Long> source(JsonNode operator) throws Exception {
        String name = operator.get("id").asText();
        int parallelism = parallelism(operator);
        Transformation<Long> t;
        if (Release.before(1, 11)) {
            t = (Transformation) Reflect.make(Reflect.type(PACKAGE + "SourceTransformation"), name, LegacySource.operator(), Types.LONG, parallelism);
        } else if (Release.before(1, 12)) {
            t = (Transformation) Reflect.make(Reflect.type(PACKAGE + "LegacySourceTransformation"), name, LegacySource.operator(), Types.LONG, parallelism);
        } else if (flag(operator, "legacySource")) {
            t = legacySource(name, parallelism);
        } else {
            Object sequence = Reflect.make(Reflect.type("org.apache.flink.api.connector.source.lib.NumberSequenceSource"), 0L, 10L);
            Object watermarks = Reflect.call(Reflect.type("org.apache.flink.api.common.eventtime.WatermarkStrategy"), "noWatermarks");
            t = (Transformation) Reflect.make(Reflect.type(PACKAGE + "SourceTransformation"), name, sequence, watermarks, Types.LONG, parallelism);
        }
        String strategy = text(operator, "chainingStrategy", null);
        if (strategy != null) {
            Reflect.call(t, "setChainingStrategy", strategy(strategy));
        }
        return t;
    }

    private Transformation<Long> legacySource(String name, int parallelism) throws Exception {
        Class<?> type = Reflect.type(PACKAGE + "LegacySourceTransformation");
        Object bounded = Reflect.constant(Reflect.type("org.apache.flink.api.connector.source.Boundedness"), batch ? "BOUNDED" : "CONTINUOUS_UNBOUNDED");
        try {
            return (Transformation) Reflect.make(type, name, LegacySource.operator(), Types.LONG, parallelism, bounded);
        } catch (NoSuchMethodException e) { // later ones want to know whether the parallelism is the user's
            return (Transformation) Reflect.make(type, name, LegacySource.operator(), Types.LONG, parallelism, bounded, true);
        }
    }

    private Transformation<Long> consumer(JsonNode operator) throws Exception {
        String name = operator.get("id").asText();
        int parallelism = parallelism(operator);
        List<Transformation<Long>> ports = ports(operator.get("inputs"));
        StreamOperatorFactory factory;
        Transformation<Long> t;
        if (ports.size() > 2) {
            factory = (StreamOperatorFactory) Reflect.make(Reflect.type("MultiFactory"));
            t = (Transformation) Reflect.make(Reflect.type(PACKAGE + "MultipleInputTransformation"), name, factory, Types.LONG, parallelism);
            for (Transformation<Long> port : ports) {
                Reflect.call(t, "addInput", port);
            }
        } else if (ports.size() == 2) {
            factory = SimpleOperatorFactory.of(new Operators.Two());
            t = (Transformation) Reflect.make(TwoInputTransformation.class, ports.get(0), ports.get(1), name, factory, Types.LONG, parallelism);
        } else {
            factory = flag(operator, "async") ? Operators.yielding() : SimpleOperatorFactory.of(new Operators.One());
            t = (Transformation) Reflect.make(OneInputTransformation.class, ports.get(0), name, factory, Types.LONG, parallelism);
            if (flag(operator, "keyed")) {
                ((OneInputTransformation) t).setStateKeySelector(new Operators.Key());
                ((OneInputTransformation) t).setStateKeyType(Types.LONG);
            }
        }
        String strategy = text(operator, "chainingStrategy", flag(operator, "async") ? null : "always");
        if (strategy != null) {
            factory.setChainingStrategy(strategy(strategy));
        }
        return t;
    }

    /** The inputs by port; several of one port are a union. */
    private List<Transformation<Long>> ports(JsonNode inputs) throws Exception {
        Map<Integer, List<Transformation<Long>>> byPort = new TreeMap<>();
        int next = 0;
        for (JsonNode input : inputs) {
            int port = input.has("port") ? input.get("port").asInt() : next;
            next++;
            byPort.computeIfAbsent(port, p -> new ArrayList<>()).add(exchange(input));
        }
        List<Transformation<Long>> ports = new ArrayList<>();
        for (List<Transformation<Long>> port : byPort.values()) {
            ports.add(port.size() == 1 ? port.get(0) : new UnionTransformation<>(port));
        }
        return ports;
    }

    private Transformation<Long> exchange(JsonNode input) throws Exception {
        Transformation<Long> from = byID.get(input.get("from").asText());
        String ship = text(input, "shipStrategy", null), mode = text(input, "exchange", null);
        if (ship == null && mode == null) {
            return from;
        }
        StreamPartitioner<Long> partitioner = ship == null ? null : partitioner(ship);
        if (mode == null) {
            return new PartitionTransformation<>(from, partitioner);
        }
        Class<?> modes = Reflect.type(PACKAGE + "StreamExchangeMode", PACKAGE + "ShuffleMode");
        String constant = mode.equals("blocking") ? "BATCH" : mode.toUpperCase().replace('-', '_');
        return (Transformation<Long>) Reflect.make(PartitionTransformation.class, from, partitioner, Reflect.constant(modes, constant));
    }

    private static StreamPartitioner<Long> partitioner(String ship) throws Exception {
        switch (ship) {
            case "forward": return new ForwardPartitioner<>();
            case "rebalance": return new RebalancePartitioner<>();
            case "rescale": return new RescalePartitioner<>();
            case "shuffle": return new ShufflePartitioner<>();
            case "broadcast": return new BroadcastPartitioner<>();
            case "global": return new GlobalPartitioner<>();
            case "hash": return new KeyGroupStreamPartitioner(new Operators.Key(), 128);
            case "custom": return new CustomPartitionerWrapper(new Operators.First(), new Operators.Key());
            case "forward-consecutive-hash": // what the SQL planner makes in a dynamic graph
                return (StreamPartitioner<Long>) Reflect.make(Reflect.type("org.apache.flink.streaming.runtime.partitioner.ForwardForConsecutiveHashPartitioner"),
                    new KeyGroupStreamPartitioner(new Operators.Key(), 128));
            default: throw new IllegalArgumentException("ship strategy " + ship);
        }
    }

    private static void settings(Transformation<Long> t, JsonNode operator) {
        if (operator.has("maxParallelism")) {
            t.setMaxParallelism(operator.get("maxParallelism").asInt());
        }
        if (operator.has("slotSharingGroup")) {
            t.setSlotSharingGroup(operator.get("slotSharingGroup").asText());
        }
        if (operator.has("coLocation")) {
            t.setCoLocationGroupKey(operator.get("coLocation").asText());
        }
    }

    /** What a program, or the SQL planner, says of managed memory. */
    private void declareMemory(Transformation<Long> t, JsonNode operator) throws Exception {
        String size = text(operator, "managedMemory", null);
        long bytes = size == null ? 0 : MemorySize.parse(size).getBytes();
        if (Release.before(1, 12)) {
            if (size != null || sql && !text(operator, "api", "").equals("datastream")) {
                Object planner = Reflect.type("org.apache.flink.table.planner.plan.nodes.exec.ExecNode$").getField("MODULE$").get(null);
                Reflect.call(planner, "setManagedMemoryWeight", t, bytes);
            }
            return;
        }
        if (bytes > 0) {
            int shift = Release.before(1, 14) ? 10 : 20; // as the SQL planner weighs: KiB up to 1.13, MiB later
            declareWeight(t, Math.max(1, (int) (bytes >> shift)));
        }
        if (operator.has("managedMemoryWeight")) {
            declareWeight(t, operator.get("managedMemoryWeight").asInt());
        }
        if (flag(operator, "python")) {
            Reflect.call(t, "declareManagedMemoryUseCaseAtSlotScope", Weights.useCase("PYTHON"));
        }
        if (flag(operator, "stateBackend") && !flag(operator, "keyed")) { // a keyed one says it itself
            Reflect.call(t, "declareManagedMemoryUseCaseAtSlotScope", Weights.useCase("STATE_BACKEND"));
        }
    }

    private static void declareWeight(Transformation<Long> t, int weight) throws Exception {
        Reflect.call(t, "declareManagedMemoryUseCaseAtOperatorScope", Weights.useCase("OPERATOR"), weight);
    }

    private static ChainingStrategy strategy(String name) {
        return ChainingStrategy.valueOf(name.toUpperCase().replace('-', '_'));
    }

    private static int parallelism(JsonNode operator) {
        return operator.has("parallelism") ? operator.get("parallelism").asInt() : -1;
    }

    static String text(JsonNode object, String key, String otherwise) {
        return object.hasNonNull(key) ? object.get(key).asText() : otherwise;
    }

    static boolean flag(JsonNode object, String key) {
        return object.path(key).asBoolean(false);
    }
}
