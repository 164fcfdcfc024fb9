package dev.muster.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one request, so that a caller learns all of it at once. Not for several threads. */
public final class Faults {
    /** Most faults that are told of; what comes later is only counted. */
    public static final int MOST = 100;

    private final List<Fault> found = new ArrayList<>();
    private int untold;

    public void add(String pointer, Fault.Kind kind, String detail) {
        add(pointer, kind, detail, null);
    }

    public void add(String pointer, Fault.Kind kind, String detail, @Nullable String hint) {
        if (found.size() < MOST) {
            found.add(new Fault(pointer, kind, detail, hint));
        } else {
            untold++;
        }
    }

    /** True where what is added from now on is only counted: then it need not be put into words. */
    public boolean isFull() {
        return found.size() >= MOST;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many were added, told of or not. */
    public int count() {
        return found.size() + untold;
    }

    /** @throws MusterException where anything was added */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw MusterException.invalid(found, untold);
        }
    }
}
