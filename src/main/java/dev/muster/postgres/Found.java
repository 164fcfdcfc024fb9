package dev.muster.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What was read of several rows, and which of them could not be. */
public record Found<T>(List<T> read, List<UnreadableRow> unreadable) {
    public Found {
        read = List.copyOf(read);
        unreadable = List.copyOf(unreadable);
    }

    /** What was read, where that is all. */
    List<T> orThrow() {
        unreadable.stream().findFirst().ifPresent(row -> {
            throw row;
        });
        return read;
    }

    static <R, T> Found<T> of(List<R> rows, Function<R, T> reader) {
        List<T> read = new ArrayList<>(rows.size());
        List<UnreadableRow> unreadable = new ArrayList<>();
        for (R row : rows) {
            try {
                read.add(reader.apply(row));
            } catch (UnreadableRow e) {
                unreadable.add(e);
            }
        }
        return new Found<>(read, unreadable);
    }
}
