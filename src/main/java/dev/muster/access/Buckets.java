package dev.muster.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket of tokens for each who calls: a call takes one, and {@code perSecond} come again until it is full. */
final class Buckets {
    /** Full ones are as good as none. */
    private static final int MOST = 20_000;

    private final double perSecond;
    private final double size;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** {@code perSecond} 0: anybody may at any time. */
    Buckets(double perSecond, double size) {
        this.perSecond = perSecond;
        this.size = size;
    }

    private record Bucket(double left, long at) {}

    /** Takes one at {@code nanos}; how long to wait for one where there is none, else zero. */
    Duration take(String who, long nanos) {
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        if (buckets.size() >= MOST) {
            buckets.values().removeIf(bucket -> left(bucket, nanos) >= size);
        }
        if (buckets.size() >= MOST) {
            buckets.clear();
        }
        double left = buckets.compute(who, (key, before) -> {
                    double now = before == null ? size : left(before, nanos);
                    // Below nothing by one at most: who goes on calling does not wait for ever.
                    return new Bucket(Math.max(-1, now - 1), nanos);
                })
                .left();
        return left >= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-left / perSecond * 1e9));
    }

    private double left(Bucket bucket, long nanos) {
        return Math.min(size, bucket.left() + (nanos - bucket.at()) / 1e9 * perSecond);
    }
}
