package dev.muster.simulation.autoscaler;

/** What an autoscaler remembers of one offering of a pool. */
final class Growable {
    final int pool;
    final int offering;
    final double price;
    private long closedUntil;
    private long backoff;
    private long failedAt = Long.MIN_VALUE / 2;
    long addedAt = Long.MIN_VALUE / 2;

    Growable(int pool, int offering, double price) {
        this.pool = pool;
        this.offering = offering;
        this.price = price;
    }

    boolean isOpen(long now) {
        return now >= closedUntil;
    }

    long closedUntil() {
        return closedUntil;
    }

    /** Left alone from now on: {@code first}, then twice as long each time, {@code longest} at most; as new after {@code forget}. */
    void fail(long now, long first, long longest, long forget) {
        if (now < closedUntil) {
            // Several failures of one request count once.
            return;
        }
        backoff = backoff == 0 || now - failedAt > forget ? first : Math.min(longest, backoff * 2);
        failedAt = now;
        closedUntil = now + backoff;
    }

    long failedAt() {
        return failedAt;
    }
}
