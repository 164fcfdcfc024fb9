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
    DAY,
    /** Who pays: the job's cost centre, or its team where it says none. */
    COST_CENTRE,
    /** The job's class. */
    PRIORITY;

    public String word() {
        return this == COST_CENTRE ? "costCentre" : name().toLowerCase(Locale.ROOT);
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
            case COST_CENTRE -> holder.costCentre() == null ? holder.team().value() : holder.costCentre();
            case PRIORITY -> holder.priority() == null ? Holder.UNKNOWN : holder.priority();
        };
    }
}
