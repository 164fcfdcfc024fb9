package dev.muster.quota.plan;

import java.util.IdentityHashMap;
import java.util.Map;

/** Of the waiting jobs of a list, chunk by chunk: queue, what is asked and place in the order as numbers. Never changes. */
final class WaitingTable implements Table {
    final Wants wants;
    private final Chunk[] chunks;

    /**
     * At the places of the jobs: the numbers of their queues, of what they ask and of both as a pair, and {@link JobOrder#key}. Of a
     * special job, one with a claim or with pools that it must not use, {@code wants} has the complement. {@code lots} are of their ids.
     */
    record Chunk(Object[] jobs, int[] queues, int[] wants, int[] kinds, long[] keys, int[] lots, boolean anySpecial) {
        PendingJob job(int at) {
            return (PendingJob) jobs[at];
        }

        /** The number of what it asks, special or not. */
        int want(int at) {
            return wants[at] < 0 ? ~wants[at] : wants[at];
        }

        boolean isSpecial(int at) {
            return wants[at] < 0;
        }

        int size() {
            return jobs.length;
        }
    }

    private WaitingTable(Wants wants, Chunk[] chunks) {
        this.wants = wants;
        this.chunks = chunks;
    }

    static WaitingTable of(Roster<PendingJob> jobs) {
        if (jobs.table() instanceof WaitingTable table) {
            return table;
        }
        throw new IllegalArgumentException("A list of waiting jobs without a table");
    }

    int chunks() {
        return chunks.length;
    }

    Chunk chunk(int number) {
        return chunks[number];
    }

    /** Writes chunks of jobs as they come into lists; used by one thread. */
    static final class Scribe implements Table.Scribe {
        private Catalogue catalogue = new Catalogue();
        private Map<Object[], Chunk> written = new IdentityHashMap<>();

        @Override
        public WaitingTable write(Object[][] chunks) {
            int jobs = 0;
            for (Object[] chunk : chunks) {
                jobs += chunk.length;
            }
            if (catalogue.isStale(jobs)) {
                catalogue = new Catalogue();
                written.clear();
            }
            Map<Object[], Chunk> kept = new IdentityHashMap<>(chunks.length * 2);
            Chunk[] all = new Chunk[chunks.length];
            for (int i = 0; i < all.length; i++) {
                Chunk known = written.get(chunks[i]);
                all[i] = known == null ? written(chunks[i]) : known;
                kept.put(chunks[i], all[i]);
            }
            written = kept;
            return new WaitingTable(catalogue.wants(), all);
        }

        private Chunk written(Object[] jobs) {
            int[] queues = new int[jobs.length];
            int[] wants = new int[jobs.length];
            int[] kinds = new int[jobs.length];
            long[] keys = new long[jobs.length];
            int[] lots = new int[jobs.length];
            boolean anySpecial = false;
            for (int i = 0; i < jobs.length; i++) {
                PendingJob job = (PendingJob) jobs[i];
                queues[i] = catalogue.queue(job.queue());
                int want = catalogue.want(job);
                boolean special = !job.claim().isEmpty() || !job.notIn().isEmpty();
                wants[i] = special ? ~want : want;
                kinds[i] = catalogue.kind(queues[i], want);
                anySpecial |= special;
                keys[i] = JobOrder.key(job.priority(), job.since());
                lots[i] = Lots.of(job);
            }
            return new Chunk(jobs, queues, wants, kinds, keys, lots, anySpecial);
        }
    }
}
