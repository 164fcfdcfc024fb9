package dev.muster.ui;

import dev.muster.Settings;
import dev.muster.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Puts the frame around a page: the time by the service's clock, and who looks. */
@ApplicationScoped
class Frames {
    private final InstantSource clock;
    private final Settings settings;
    private final Caller caller;
    private final OpenRequests requests;
    private final Zones zones;

    Frames(InstantSource clock, Settings settings, Caller caller, OpenRequests requests, Zones zones) {
        this.requests = requests;
        this.zones = zones;
        this.clock = clock;
        this.settings = settings;
        this.caller = caller;
    }

    /** {@code live} is the query of the stream that tells of changes. */
    Frame living(String title, String section, String live) {
        return frame(title, section, live);
    }

    /** Of a page of the past: what happens now is seen when it is asked for again. */
    Frame lasting(String title, String section) {
        return frame(title, section, null);
    }

    /** Of a page that never changes. */
    Frame still(String title) {
        return frame(title, "", null);
    }

    /** That who looks reads times in. */
    ZoneId zone() {
        return zones.ofTheViewer();
    }

    private Frame frame(String title, String section, @Nullable String live) {
        return new Frame(
                title,
                section,
                live,
                clock.instant(),
                settings.clock() == Settings.ClockMode.VIRTUAL,
                caller.actor().name(),
                Place.open(caller::maySomewhere, requests.toAnswer()),
                zones.ofTheViewer());
    }
}
