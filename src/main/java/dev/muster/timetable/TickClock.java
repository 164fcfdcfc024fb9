package dev.muster.timetable;

import dev.muster.Settings;
import dev.muster.postgres.ScheduleStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** The time by which ticks are due: the database's, one for all replicas, so that a replica whose clock is wrong makes no tick early. */
@ApplicationScoped
public class TickClock {
    private final Settings settings;
    private final ScheduleStore store;
    private final InstantSource clock;

    TickClock(Settings settings, ScheduleStore store, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    public Instant now() {
        return stands() ? clock.instant() : store.now();
    }

    /** On the virtual clock, whose time goes from event to event, no tick is due: there would always be a next one. */
    boolean stands() {
        return settings.clock() == Settings.ClockMode.VIRTUAL;
    }
}
