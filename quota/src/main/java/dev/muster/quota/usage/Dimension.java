package dev.muster.quota.usage;

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

    /** {@code day} is the one in which the piece of the holding lies. */
    String of(Holding holding, String day) {
        Holder holder = holding.holder();
        return switch (this) {
            case TEAM -> holder.team().value();
            case QUEUE -> holder.queue().value();
            case USER -> holder.user();
            case NAME -> holder.team().value() + "/" + holder.template();
            case POOL -> holding.pool().value();
            case DAY -> day;
        };
    }
}
