/** The version of the Flink that is asked. */
class Release {
    static int major, minor;

    static void set(String version) {
        String[] parts = version.split("\\.");
        major = Integer.parseInt(parts[0]);
        minor = Integer.parseInt(parts[1]);
    }

    /** Whether it is older than the first release of major.minor. */
    static boolean before(int otherMajor, int otherMinor) {
        return major < otherMajor || major == otherMajor && minor < otherMinor;
    }
}
