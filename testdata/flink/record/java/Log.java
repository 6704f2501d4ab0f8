import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Flink logs meanwhile. simplelogger.properties sends it to standard error, which is kept here. */
class Log {
    static final PrintStream console = System.err;
    private static final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    static void capture() {
        System.setErr(new PrintStream(kept, true, StandardCharsets.UTF_8));
    }

    static void forget() {
        kept.reset();
    }

    /** Takes the entries of these levels, "WARN text"; of an entry over several lines, the first. */
    static List<String> take(String... levels) {
        List<String> entries = new ArrayList<>();
        for (String line : kept.toString(StandardCharsets.UTF_8).split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0 && Arrays.asList(levels).contains(line.substring(0, blank))) {
                entries.add(Answer.withoutFolder(line));
            }
        }
        kept.reset();
        return entries;
    }
}
