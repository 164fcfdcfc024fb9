package dev.muster.simulation;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** What will happen and when; what is due at one instant happens in the order in which it was noted. */
final class Agenda {
    private final TreeSet<Entry> entries = new TreeSet<>();
    private long noted;

    Entry note(Instant at, Runnable happening) {
        Entry entry = new Entry(at, noted++, happening);
        entries.add(entry);
        return entry;
    }

    void cancel(Entry entry) {
        entries.remove(entry);
    }

    Optional<Instant> next() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().at);
    }

    /** Takes the first entry out and lets it happen. */
    void happen() {
        entries.pollFirst().happening.run();
    }

    /** One happening to come. */
    static final class Entry implements Comparable<Entry> {
        private final Instant at;
        private final long order;
        private final Runnable happening;

        private Entry(Instant at, long order, Runnable happening) {
            this.at = at;
            this.order = order;
            this.happening = happening;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
