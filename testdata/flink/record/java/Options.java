import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** The options that udfplan has a table of, as Flink's own classes declare them, in their order. */
class Options {
    static Map<String, Object> answer(JsonNode question) throws Throwable {
        return Answer.of(
            "python", options(Reflect.type("org.apache.flink.python.PythonOptions"), ""),
            "taskmanager", options(TaskManagerOptions.class, "taskmanager.memory.", "taskmanager.numberOfTaskSlots", "taskmanager.heap", "taskmanager.cpu"),
            "network", options(NettyShuffleEnvironmentOptions.class, "taskmanager.network.numberOfBuffers", "taskmanager.network.memory.fraction",
                "taskmanager.network.memory.min", "taskmanager.network.memory.max"));
    }

    private static List<Object> options(Class<?> declaring, String... prefixes) throws Throwable {
        List<Object> options = new ArrayList<>();
        for (Field field : declaring.getFields()) {
            if (!ConfigOption.class.isAssignableFrom(field.getType()) || !Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            ConfigOption<?> option = (ConfigOption<?>) field.get(null);
            for (String prefix : prefixes) {
                if (option.key().startsWith(prefix)) {
                    options.add(described(option));
                    break;
                }
            }
        }
        return options;
    }

    private static Map<String, Object> described(ConfigOption<?> option) throws Throwable {
        String type = ((Class<?>) Reflect.call(option, "getClazz")).getSimpleName();
        boolean list = (Boolean) Reflect.call(option, "isList");
        Map<String, Object> described = Answer.of("key", option.key(), "type", list ? "List<" + type + ">" : type, "default", plain(option.defaultValue()));
        List<Object> fallback = new ArrayList<>();
        for (FallbackKey key : option.fallbackKeys()) {
            fallback.add(Answer.of("key", key.getKey(), "deprecated", key.isDeprecated()));
        }
        if (!fallback.isEmpty()) {
            described.put("fallback", fallback);
        }
        return described;
    }

    private static Object plain(Object value) {
        boolean asItIs = value == null || value instanceof Number || value instanceof Boolean || value instanceof Map;
        return asItIs ? value : value instanceof MemorySize ? value.toString() : String.valueOf(value);
    }
}
