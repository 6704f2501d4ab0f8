import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Asks the Flink on the class path: reads FROM/KIND.jsonl, one question a line, and writes what Flink answers to TO/KIND.jsonl, line for
 * line. `java Record VERSION FROM TO KIND...`
 */
public class Record {
    static final ObjectMapper JSON = new ObjectMapper();

    /** One kind of recording: what Flink answers to a question, as fields of the recorded line. */
    interface Kind {
        Map<String, Object> answer(JsonNode question) throws Throwable;
    }

    static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("chains", Chains::wholeGraph);
        KINDS.put("adaptive", Chains::byPhase);
        KINDS.put("taskmanager", TaskManagers::answer);
        KINDS.put("weights", Weights::answer);
        KINDS.put("memorysize-parse", MemorySizes::parse);
        KINDS.put("memorysize-format", MemorySizes::format);
        KINDS.put("conf-legacy", ConfFiles::legacy);
        KINDS.put("conf-yaml", ConfFiles::standard);
        KINDS.put("options", Options::answer);
    }

    public static void main(String[] args) throws Throwable {
        Locale.setDefault(Locale.ROOT);
        Release.set(args[0]);
        Log.capture();
        for (int i = 3; i < args.length; i++) {
            String file = args[i] + ".jsonl";
            int lines = record(KINDS.get(args[i]), Path.of(args[1], file), Path.of(args[2], file));
            System.out.println(args[0] + ": " + args[i] + ", " + lines + " cases");
        }
        System.exit(0); // Flink leaves threads behind
    }

    private static int record(Kind kind, Path from, Path to) throws Throwable {
        int lines = 0;
        try (BufferedReader in = Files.newBufferedReader(from); BufferedWriter out = Files.newBufferedWriter(to)) {
            for (String line = in.readLine(); line != null; line = in.readLine(), lines++) {
                JsonNode question = JSON.readTree(line);
                try {
                    out.write(JSON.writeValueAsString(kind.answer(question)));
                } catch (Throwable t) {
                    Log.console.println(line);
                    t.printStackTrace(Log.console); // the recorder's own fault: what Flink throws is an answer
                    System.exit(1);
                }
                out.write("\n");
            }
        }
        return lines;
    }
}
