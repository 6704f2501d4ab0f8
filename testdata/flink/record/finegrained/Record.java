import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.*;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.*;
import java.io.*;
import java.nio.file.*;

/** Reads the inputs beside it, one JSON object a line, and prints each with what Flink of this version makes of it. */
class Record {
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        for (String line : Files.readAllLines(Paths.get(args[1]))) {
            ObjectNode c = (ObjectNode) Json.M.readTree(line);
            c.put("flink", org.apache.flink.runtime.util.EnvironmentInformation.getVersion());
            c.set("expect", args[0].equals("graphs") ? Graphs.record(c) : args[0].equals("fill") ? Fill.record(c) : Clusters.record(c));
            out.println(Json.M.writeValueAsString(c));
            out.flush();
        }
        System.exit(0);
    }
}
