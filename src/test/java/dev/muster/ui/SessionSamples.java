package dev.muster.ui;

import dev.muster.api.Reason;
import dev.muster.api.Session;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions as they wait, run and idle, one of them with a hostile name and of somebody else. */
final class SessionSamples {
    private SessionSamples() {}

    static SessionsPage none() {
        return page(List.of(), false);
    }

    static SessionsPage some() {
        return page(
                List.of(
                        session("01a", "notebook", "operator", "RUNNING", Samples.NOW.plusSeconds(3_000), false, true),
                        session("01b", "console", "operator", "RUNNING", Samples.NOW.plusSeconds(300), true, false),
                        session("01c", Samples.HOSTILE, Samples.HOSTILE, "RUNNING", null, false, null),
                        session("01d", "waits", "operator", "QUEUED", null, null, null)),
                true);
    }

    private static SessionsPage page(List<Session> sessions, boolean all) {
        return SessionsPage.of(
                Samples.frame("Sessions", "sessions"), all, sessions, all, true, "operator", session -> session.owner()
                        .equals("operator"));
    }

    private static Session session(
            String id,
            String name,
            String owner,
            String state,
            @Nullable Instant endsAt,
            @Nullable Boolean idle,
            @Nullable Boolean warm) {
        return new Session(
                id,
                name,
                "vision",
                "vision",
                owner,
                state,
                "/links/session",
                Samples.NOW.minusSeconds(600),
                state.equals("RUNNING") ? Samples.NOW.minusSeconds(590) : null,
                idle == null ? null : Samples.NOW.minusSeconds(60),
                "1h",
                endsAt,
                idle,
                warm,
                state.equals("RUNNING") ? null : new Reason("NODES_FULL", Samples.HOSTILE, null, null));
    }
}
