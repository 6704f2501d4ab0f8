import java.util.*;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.streaming.api.operators.*;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Passes records on, slowly, and says what memory its slot has. */
public class Probe extends AbstractStreamOperator<Long> implements OneInputStreamOperator<Long, Long> {
    static final Map<String, long[]> SEEN = Collections.synchronizedMap(new TreeMap<>());
    final String name;
    public Probe(String name) { this.name = name; }
    @Override public void open() throws Exception {
        super.open();
        MemoryManager m = getContainingTask().getEnvironment().getMemoryManager();
        double f;
        Configuration tm = getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
        ClassLoader cl = getUserCodeClassloader();
        try { f = (double) Json.call(getOperatorConfig(), "getManagedMemoryFractionOperatorUseCaseOfSlot", ManagedMemoryUseCase.PYTHON, tm, cl); }
        catch (NoSuchMethodException e) { f = (double) Json.call(getOperatorConfig(), "getManagedMemoryFractionOperatorUseCaseOfSlot", ManagedMemoryUseCase.PYTHON, new Configuration(), tm, cl); }
        long share;
        try { share = f > 0 ? m.computeMemorySize(f) : 0; } catch (RuntimeException e) { share = -1; }
        SEEN.put(name, new long[]{m.getMemorySize(), share});
    }
    public void processElement(StreamRecord<Long> e) throws Exception { Thread.sleep(50); output.collect(e); }
}
