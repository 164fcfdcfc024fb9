package dev.muster.ui;

import dev.muster.Settings;
import dev.muster.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Puts the frame around a page: the time by the service's clock, and who looks. */
@ApplicationScoped
class Frames {
    private final InstantSource clock;
    private final Settings settings;
    private final Caller caller;

    Frames(InstantSource clock, Settings settings, Caller caller) {
        this.clock = clock;
        this.settings = settings;
        this.caller = caller;
    }

    /** {@code live} is the query of the stream that tells of changes. */
    Frame living(String title, String section, String live) {
        return new Frame(
                title,
                section,
                live,
                clock.instant(),
                isVirtual(),
                caller.actor().name());
    }

    /** Of a page of the past: what happens now is seen when it is asked for again. */
    Frame lasting(String title, String section) {
        return new Frame(
                title,
                section,
                null,
                clock.instant(),
                isVirtual(),
                caller.actor().name());
    }

    /** Of a page that never changes. */
    Frame still(String title) {
        return new Frame(
                title, "", null, clock.instant(), isVirtual(), caller.actor().name());
    }

    private boolean isVirtual() {
        return settings.clock() == Settings.ClockMode.VIRTUAL;
    }
}
