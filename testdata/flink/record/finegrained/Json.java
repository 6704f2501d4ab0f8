import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.*;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.*;
import java.lang.reflect.*;

/** What the recorders have in common: JSON, and calls whose parameters differ between Flink's versions. */
class Json {
    static final ObjectMapper M = new ObjectMapper();
    static ObjectNode object() { return M.createObjectNode(); }

    /** Calls a method by name with as many of the arguments as it takes; null where no such method is there. */
    static Object call(Object o, String name, Object... args) throws Exception {
        for (Class<?> c = o instanceof Class ? (Class<?>) o : o.getClass(); c != null; c = c.getSuperclass())
            for (Method m : c.getDeclaredMethods())
                if (m.getName().equals(name) && m.getParameterCount() == args.length && fits(m.getParameterTypes(), args)) {
                    m.setAccessible(true);
                    try { return m.invoke(o instanceof Class ? null : o, args); }
                    catch (InvocationTargetException e) { if (e.getCause() instanceof Exception) throw (Exception) e.getCause(); throw e; }
                }
        throw new NoSuchMethodException(name + "/" + args.length);
    }

    static boolean fits(Class<?>[] types, Object[] args) {
        for (int i = 0; i < types.length; i++)
            if (args[i] != null && !types[i].isPrimitive() && !types[i].isInstance(args[i])) return false;
        return true;
    }

    static ObjectNode error(Throwable t) {
        ObjectNode e = object().put("class", t.getClass().getName()).put("message", String.valueOf(t.getMessage()));
        return e;
    }

    static Throwable root(Throwable t) { while (t.getCause() != null) t = t.getCause(); return t; }
}
