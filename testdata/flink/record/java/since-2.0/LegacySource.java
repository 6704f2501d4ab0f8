import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** A source of the older kind that is never run; its interface moved in 2.0. */
public class LegacySource implements SourceFunction<Long> {
    @Override
    public void run(SourceContext<Long> context) {
    }

    @Override
    public void cancel() {
    }

    static Object operator() {
        return new org.apache.flink.streaming.api.operators.StreamSource<Long, LegacySource>(new LegacySource());
    }
}
