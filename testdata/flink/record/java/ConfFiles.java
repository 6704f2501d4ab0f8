import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** Configuration files, as GlobalConfiguration reads them. */
class ConfFiles {
    static Map<String, Object> legacy(JsonNode question) throws Throwable {
        return answer(question, "flink-conf.yaml");
    }

    static Map<String, Object> standard(JsonNode question) throws Throwable {
        return answer(question, "config.yaml");
    }

    private static Map<String, Object> answer(JsonNode question, String name) throws Throwable {
        Path folder = Files.createTempDirectory("conf");
        Answer.folder = folder.toString();
        Path file = folder.resolve(name);
        Files.write(file, content(question));
        Map<String, Object> answer = new LinkedHashMap<>();
        Log.forget();
        try {
            Configuration config = GlobalConfiguration.loadConfiguration(folder.toString());
            List<String> log = Log.take("WARN");
            answer.put("expect", new TreeMap<>(config.toMap()));
            putUnlessEmpty(answer, "types", types(config));
            putUnlessEmpty(answer, "typed", typed(config));
            if (!log.isEmpty()) {
                answer.put("log", log);
            }
        } catch (Throwable t) {
            answer.put("error", Answer.refusal(t));
        } finally {
            Files.delete(file);
            Files.delete(folder);
            Answer.folder = null;
        }
        return answer;
    }

    /** The file's text, or its bytes where they are no text. */
    private static byte[] content(JsonNode question) {
        if (!question.has("hex")) {
            return question.get("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        String hex = question.get("hex").asText();
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    private static void putUnlessEmpty(Map<String, Object> answer, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            answer.put(key, value);
        }
    }

    /** The Java types of what is no string. */
    private static Map<String, Object> types(Configuration config) throws Exception {
        Field data = Configuration.class.getDeclaredField("confData");
        data.setAccessible(true);
        Map<String, Object> types = new TreeMap<>();
        ((Map<?, ?>) data.get(config)).forEach((key, value) -> {
            if (!(value instanceof String)) {
                types.put((String) key, value.getClass().getSimpleName());
            }
        });
        return types;
    }

    /** What Flink gets when it asks for the options of TaskManager memory. */
    private static Map<String, Object> typed(Configuration config) throws Exception {
        Map<String, Object> typed = new TreeMap<>();
        for (ConfigOption<?> option : asked().values()) {
            if (!config.contains(option)) {
                continue;
            }
            try {
                typed.put(option.key(), plain(config.get(option)));
            } catch (Throwable t) {
                typed.put(option.key(), Answer.of("error", Answer.refusal(t)));
            }
        }
        return typed;
    }

    private static Map<String, ConfigOption<?>> asked() throws Exception {
        Map<String, ConfigOption<?>> asked = new TreeMap<>();
        asked.put("parallelism.default", CoreOptions.DEFAULT_PARALLELISM);
        for (Field field : TaskManagerOptions.class.getFields()) {
            if (ConfigOption.class.isAssignableFrom(field.getType())) {
                ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                if (option.key().startsWith("taskmanager.memory.") || option.key().equals("taskmanager.numberOfTaskSlots")) {
                    asked.put(option.key(), option);
                }
            }
        }
        return asked;
    }

    private static Object plain(Object value) {
        if (value instanceof MemorySize) {
            return ((MemorySize) value).getBytes();
        }
        if (value instanceof Float) {
            return ((Float) value).doubleValue();
        }
        if (value instanceof Map) {
            return new TreeMap<>((Map<?, ?>) value);
        }
        return value instanceof Boolean || value instanceof Number ? value : String.valueOf(value);
    }
}
