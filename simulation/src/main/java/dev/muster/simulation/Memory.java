package dev.muster.simulation;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.simulation.journal.Journal;
import dev.muster.simulation.journal.JournalUnwritable;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps facts in a journal, or nowhere. Not safe for several threads. */
final class Memory {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());

    private final @Nullable Journal journal;
    private Instant latest = Instant.MIN;

    /** Forgets everything. */
    Memory() {
        journal = null;
    }

    /** Makes {@code world} as the journal in {@code directory} remembers it, and goes on with that journal. */
    Memory(Path directory, World world) {
        journal = Journal.open(directory, record -> {
            Fact fact = FactReader.read(record);
            latest = fact.at();
            world.apply(fact);
        });
    }

    /** Takes a fact; it is kept with the next {@link #flush}. */
    void keep(Fact fact) {
        if (journal != null) {
            journal.append(FactWriter.write(fact));
            latest = fact.at();
        }
    }

    /** The time of the latest fact. */
    Instant latest() {
        return latest;
    }

    /** @throws ClusterUnavailable where facts cannot be written; they are kept for the next time */
    void flush() {
        if (journal != null) {
            try {
                journal.flush();
            } catch (JournalUnwritable e) {
                throw new ClusterUnavailable(String.valueOf(e.getMessage()), e);
            }
        }
    }

    void rewriteIfGrown(World world) {
        if (journal != null && journal.isWorthRewriting()) {
            try {
                rewrite(world);
            } catch (JournalUnwritable e) {
                LOG.log(System.Logger.Level.WARNING, "The journal stays as long as it is: {0}", e.getMessage());
            }
        }
    }

    void rewrite(World world) {
        if (journal != null) {
            flush();
            journal.rewrite(records -> world.retell(fact -> records.accept(FactWriter.write(fact))));
        }
    }

    @Nullable
    Journal journal() {
        return journal;
    }

    void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
