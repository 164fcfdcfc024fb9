package dev.muster.quota.usage;

import dev.muster.quota.name.PoolName;
import java.util.Locale;

/** By what usage is put together. */
public enum Dimension {
    TEAM,
    QUEUE,
    USER,
    /** Team and template: runs of the same. */
    NAME,
    POOL,
    /** Of the calendar in UTC. */
    DAY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code day} is the one in which it lies. */
    String of(Holder holder, PoolName pool, String day) {
        return switch (this) {
            case TEAM -> holder.team().value();
            case QUEUE -> holder.queue().value();
            case USER -> holder.user();
            case NAME -> holder.team().value() + "/" + holder.series();
            case POOL -> pool.value();
            case DAY -> day;
        };
    }
}
