import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** One recorder for every version: what a version calls otherwise, or hides, is called by name. */
class Reflect {
    /** The first of these classes that this version has. */
    static Class<?> type(String... names) {
        for (String name : names) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                // the next one
            }
        }
        throw new IllegalStateException("no class " + Arrays.toString(names));
    }

    /** The first method of that name, and of that many parameters unless count is -1; null where there is none. */
    static Method method(Class<?> type, String name, int count) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.getName().equals(name) && (count < 0 || m.getParameterCount() == count)) {
                    m.setAccessible(true);
                    return m;
                }
            }
        }
        return null;
    }

    static boolean has(Class<?> type, String name) {
        return method(type, name, -1) != null;
    }

    /** Calls a method of an object, or a static one of a class; throws what it throws. */
    static Object call(Object target, String name, Object... arguments) throws Exception {
        boolean isStatic = target instanceof Class;
        Class<?> start = isStatic ? (Class<?>) target : target.getClass();
        for (Class<?> c = start; c != null; c = c.getSuperclass()) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.getName().equals(name) && fits(m.getParameterTypes(), arguments)) {
                    m.setAccessible(true);
                    return thrown(() -> m.invoke(isStatic ? null : target, arguments));
                }
            }
        }
        throw new NoSuchMethodException(start + "." + name + Arrays.toString(arguments));
    }

    static Object make(Class<?> type, Object... arguments) throws Exception {
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (fits(c.getParameterTypes(), arguments)) {
                c.setAccessible(true);
                return thrown(() -> c.newInstance(arguments));
            }
        }
        throw new NoSuchMethodException(type + " " + Arrays.toString(arguments));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class) type, name);
    }

    interface Invocation {
        Object run() throws Exception;
    }

    /** Runs it, and throws what is thrown inside, not that something is. */
    static Object thrown(Invocation invocation) throws Exception {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw (Exception) e.getCause();
        }
    }

    private static boolean fits(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (arguments[i] == null ? types[i].isPrimitive() : !boxed(types[i]).isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        }
        if (type == long.class) {
            return Long.class;
        }
        if (type == double.class) {
            return Double.class;
        }
        return type == boolean.class ? Boolean.class : type;
    }
}
