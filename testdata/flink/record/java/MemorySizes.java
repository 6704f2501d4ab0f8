import java.util.Map;

import org.apache.flink.configuration.MemorySize;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** Memory sizes: what a text means, and how Flink writes a number of bytes. */
class MemorySizes {
    static Map<String, Object> parse(JsonNode question) {
        try {
            return Answer.of("bytes", MemorySize.parse(question.get("text").asText()).getBytes());
        } catch (Throwable t) {
            return Answer.of("error", Answer.refusal(t));
        }
    }

    static Map<String, Object> format(JsonNode question) {
        try {
            MemorySize size = new MemorySize(question.get("bytes").asLong());
            return Answer.of("string", size.toString(), "human", size.toHumanReadableString(), "mebi", size.getMebiBytes());
        } catch (Throwable t) {
            return Answer.of("error", Answer.refusal(t));
        }
    }
}
