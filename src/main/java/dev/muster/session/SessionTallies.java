package dev.muster.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What this replica has done with sessions since it began, counted. */
@ApplicationScoped
public class SessionTallies {
    private final Map<CallEnd, LongAdder> calls =
            Arrays.stream(CallEnd.values()).collect(Collectors.toUnmodifiableMap(end -> end, end -> new LongAdder()));
    private final LongAdder idled = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** What became of a call. */
    public enum CallEnd {
        /** Whatever the session said. */
        ANSWERED,
        /** Nobody listened, or the way there broke off before an answer. */
        UNREACHED,
        /** The session had too many open. */
        REFUSED
    }

    public void call(CallEnd end) {
        adder(end).increment();
    }

    public long calls(CallEnd end) {
        return adder(end).sum();
    }

    private LongAdder adder(CallEnd end) {
        return Objects.requireNonNull(calls.get(end));
    }

    /** So many ended because nobody used them. */
    void idled(int sessions) {
        idled.add(sessions);
    }

    public long idled() {
        return idled.sum();
    }

    /** Somebody has as many as their team lets them. */
    public void refused() {
        refused.increment();
    }

    public long allRefused() {
        return refused.sum();
    }
}
