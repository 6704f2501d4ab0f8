import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that answers of several kinds have. */
class Answer {
    /** The folder of the configuration file that is asked about, which is another one each time. */
    static String folder;

    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static String withoutFolder(String text) {
        return text == null || folder == null ? text : text.replace(folder, "<DIR>");
    }

    static Throwable unwrapped(Throwable t) {
        while (t instanceof InvocationTargetException && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }

    /** A refusal: class and message, and those of its causes. */
    static Map<String, Object> refusal(Throwable thrown) {
        Throwable t = unwrapped(thrown);
        Map<String, Object> refusal = of("class", t.getClass().getName(), "message", withoutFolder(t.getMessage()));
        List<Object> causes = new ArrayList<>();
        for (Throwable c = t.getCause(); c != null && causes.size() < 6; c = c.getCause()) {
            causes.add(of("class", c.getClass().getName(), "message", withoutFolder(c.getMessage())));
        }
        if (!causes.isEmpty()) {
            refusal.put("causes", causes);
        }
        return refusal;
    }
}
