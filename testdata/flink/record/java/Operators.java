import java.util.Collections;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What the recorded graphs are made of. Nothing of it is ever run. */
public class Operators {
    public static class One extends AbstractStreamOperator<Long> implements OneInputStreamOperator<Long, Long> {
        public One() {
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
        }
    }

    public static class Two extends AbstractStreamOperator<Long> implements TwoInputStreamOperator<Long, Long, Long> {
        public Two() {
        }

        @Override
        public void processElement1(StreamRecord<Long> element) {
        }

        @Override
        public void processElement2(StreamRecord<Long> element) {
        }
    }

    public static class Async implements AsyncFunction<Long, Long> {
        @Override
        public void asyncInvoke(Long input, ResultFuture<Long> result) {
            result.complete(Collections.singleton(input));
        }
    }

    public static class Key implements KeySelector<Long, Long> {
        @Override
        public Long getKey(Long value) {
            return value;
        }
    }

    public static class First implements Partitioner<Long> {
        @Override
        public int partition(Long key, int partitions) {
            return 0;
        }
    }

    /** An operator that yields: it may not be chained behind every source. */
    static StreamOperatorFactory<Long> yielding() {
        return new AsyncWaitOperatorFactory<>(new Async(), 1000L, 10, AsyncDataStream.OutputMode.ORDERED);
    }
}
