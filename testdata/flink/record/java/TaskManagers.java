import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** The memory of a TaskManager, from a configuration on one of the ways that Flink's own start scripts take. */
class TaskManagers {
    static Map<String, Object> answer(JsonNode question) throws Throwable {
        Map<String, String> options = strings(question.get("config")), env = strings(question.get("env"));
        String path = question.get("path").asText();
        boolean byHand = question.has("rule");
        Map<String, Object> answer = new LinkedHashMap<>();
        for (Map.Entry<String, String> e : env.entrySet()) {
            setEnvironment(e.getKey(), e.getValue());
        }
        Log.forget();
        try {
            Configuration config = configuration(options);
            answer.put("expect", path.equals("local") ? local(config) : process(config, path));
        } catch (Throwable t) {
            answer.put("error", Answer.refusal(t));
        }
        List<String> log = Log.take("INFO", "WARN");
        if (byHand && !log.isEmpty()) {
            answer.put("log", log);
        }
        if (byHand && path.equals("standalone") && env.isEmpty()) {
            answer.put("bash", startScripts(options));
        }
        for (String name : env.keySet()) {
            setEnvironment(name, null);
        }
        return answer;
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        if (object != null) {
            for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                map.put(name, object.get(name).asText());
            }
        }
        return map;
    }

    static Configuration configuration(Map<String, String> options) {
        Configuration config = new Configuration();
        options.forEach(config::setString);
        return config;
    }

    /** A MiniCluster. */
    private static Map<String, Object> local(Configuration config) throws Throwable {
        Object spec = Reflect.call(utils(), "resourceSpecFromConfigForLocalExecution", config);
        return Answer.of("taskHeap", size(spec, "getTaskHeapSize"), "taskOffHeap", size(spec, "getTaskOffHeapSize"),
            "network", size(spec, "getNetworkMemSize"), "managed", size(spec, "getManagedMemorySize"), "slot", slot(config, spec));
    }

    /** A process of its own. */
    private static Map<String, Object> process(Configuration given, String path) throws Throwable {
        Configuration config = withoutLegacyHeap(given, path);
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(config);
        Map<String, Object> memory = Answer.of(
            "frameworkHeap", framework(spec, "getFrameworkHeapSize", "getFrameworkHeap"),
            "taskHeap", spec.getTaskHeapSize().getBytes(),
            "frameworkOffHeap", framework(spec, "getFrameworkOffHeapMemorySize", "getFrameworkOffHeap"),
            "taskOffHeap", spec.getTaskOffHeapSize().getBytes(),
            "network", spec.getNetworkMemSize().getBytes(),
            "managed", spec.getManagedMemorySize().getBytes(),
            "jvmMetaspace", size(spec, "getJvmMetaspaceSize"), "jvmOverhead", size(spec, "getJvmOverheadSize"),
            "totalFlink", size(spec, "getTotalFlinkMemorySize"), "totalProcess", size(spec, "getTotalProcessMemorySize"),
            "jvmHeap", size(spec, "getJvmHeapMemorySize"), "jvmDirect", size(spec, "getJvmDirectMemorySize"));
        try {
            String passedOn = (String) Reflect.call(TaskExecutorProcessUtils.class, "generateDynamicConfigsStr", spec);
            Configuration inside = new Configuration(config);
            dynamic(passedOn).forEach(inside::setString);
            memory.put("slot", slot(config, Reflect.call(utils(), "resourceSpecFromConfig", inside)));
        } catch (Throwable t) {
            memory.put("slot", Answer.of("error", Answer.refusal(t)));
        }
        return memory;
    }

    /** The older heap size becomes another option on each way; 2.x does not know it any more. */
    private static Configuration withoutLegacyHeap(Configuration config, String path) throws Throwable {
        Method m = Reflect.method(TaskExecutorProcessUtils.class, "getConfigurationMapLegacyTaskManagerHeapSizeToConfigOption", 2);
        if (m == null || path.equals("direct")) {
            return config;
        }
        String becomes = path.equals("standalone") ? "TOTAL_FLINK_MEMORY" : "TOTAL_PROCESS_MEMORY";
        return (Configuration) Reflect.thrown(() -> m.invoke(null, config, TaskManagerOptions.class.getField(becomes).get(null)));
    }

    private static Object slot(Configuration config, Object spec) {
        try {
            Integer slots = config.get(TaskManagerOptions.NUM_TASK_SLOTS);
            ResourceProfile p = (ResourceProfile) Reflect.call(utils(), "generateDefaultSlotResourceProfile", spec, slots);
            return Answer.of("numSlots", slots, "taskHeap", p.getTaskHeapMemory().getBytes(), "taskOffHeap", p.getTaskOffHeapMemory().getBytes(),
                "managed", p.getManagedMemory().getBytes(), "network", p.getNetworkMemory().getBytes());
        } catch (Throwable t) {
            return Answer.of("error", Answer.refusal(t));
        }
    }

    /** The whole way of the start scripts: a configuration file, BashJavaUtils, and the two lines that it prints. */
    private static Map<String, Object> startScripts(Map<String, String> options) throws Throwable {
        boolean standard = !Release.before(1, 19);
        Path folder = Files.createTempDirectory("conf");
        Answer.folder = folder.toString();
        StringBuilder text = new StringBuilder();
        options.forEach((key, value) -> text.append(key).append(": ").append(standard ? "'" + value.replace("'", "''") + "'" : value).append("\n"));
        Path file = folder.resolve(standard ? "config.yaml" : "flink-conf.yaml");
        Files.writeString(file, text);
        try {
            List<String> lines = bashJavaUtils(folder);
            return Answer.of("jvm", lines.get(0), "dynamic", dynamic(lines.get(1)));
        } catch (Throwable t) {
            return Answer.of("error", Answer.refusal(t));
        } finally {
            Log.forget();
            Files.delete(file);
            Files.delete(folder);
            Answer.folder = null;
        }
    }

    private static List<String> bashJavaUtils(Path folder) throws Throwable {
        String[] commands = Release.before(1, 11) ? new String[] {"GET_TM_RESOURCE_JVM_PARAMS", "GET_TM_RESOURCE_DYNAMIC_CONFIGS"}
            : new String[] {"GET_TM_RESOURCE_PARAMS"};
        Class<?> utils = Reflect.type("org.apache.flink.runtime.util.bash.BashJavaUtils", "org.apache.flink.runtime.util.BashJavaUtils");
        Method main = utils.getMethod("main", String[].class);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (String command : commands) {
                Reflect.thrown(() -> main.invoke(null, (Object) new String[] {command, "--configDir", folder.toString()}));
            }
        } finally {
            System.setOut(console);
        }
        String mark = "BASH_JAVA_UTILS_EXEC_RESULT:";
        List<String> lines = new ArrayList<>();
        for (String line : printed.toString(StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith(mark)) {
                lines.add(line.substring(mark.length()));
            }
        }
        return lines;
    }

    private static Map<String, String> dynamic(String arguments) {
        Map<String, String> options = new TreeMap<>();
        for (String option : arguments.split("-D ")) {
            if (!option.isBlank()) {
                int equals = option.indexOf('=');
                options.put(option.substring(0, equals).trim(), option.substring(equals + 1).trim());
            }
        }
        return options;
    }

    private static Class<?> utils() {
        return Reflect.type("org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils");
    }

    private static long size(Object spec, String getter) throws Throwable {
        return ((MemorySize) Reflect.call(spec, getter)).getBytes();
    }

    private static long framework(TaskExecutorProcessSpec spec, String getter, String ofFlinkMemory) throws Throwable {
        return Reflect.has(spec.getClass(), getter) ? size(spec, getter) : size(Reflect.call(spec, "getFlinkMemory"), ofFlinkMemory);
    }

    @SuppressWarnings("unchecked")
    private static void setEnvironment(String name, String value) throws Exception {
        Map<String, String> env = System.getenv();
        Field field = env.getClass().getDeclaredField("m");
        field.setAccessible(true);
        Map<String, String> writable = (Map<String, String>) field.get(env);
        if (value == null) {
            writable.remove(name);
        } else {
            writable.put(name, value);
        }
    }
}
