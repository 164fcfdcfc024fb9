package dev.muster.quota.plan;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reasons that are put into words when somebody reads them: equal jobs share one list, and a cycle over a hundred thousand
 * jobs writes no sentence that nobody asks for. The words describe the world at the end of the cycle and never change.
 */
final class Reasons extends AbstractList<Reason> {
    private @Nullable Supplier<List<Reason>> unread;
    private List<Reason> read = List.of();

    /** {@code words} gives at least one reason; it is called once. */
    Reasons(Supplier<List<Reason>> words) {
        this.unread = words;
    }

    private synchronized List<Reason> read() {
        Supplier<List<Reason>> words = unread;
        if (words != null) {
            read = List.copyOf(words.get());
            unread = null;
        }
        return read;
    }

    @Override
    public Reason get(int index) {
        return read().get(index);
    }

    @Override
    public int size() {
        return read().size();
    }
}
