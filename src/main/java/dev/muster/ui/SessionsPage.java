package dev.muster.ui;

import dev.muster.api.Session;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sessions that have not ended; {@code all}: those of others too, {@code more} than are shown; who looks {@code mayStart} one. */
public record SessionsPage(Frame frame, boolean all, List<Line> lines, boolean more, boolean mayStart) {
    /**
     * One session: {@code why} it waits, since when nobody uses it, when it ends, whether its nodes were there when it came. {@code open} is the address
     * of one's own that runs.
     */
    public record Line(
            String id,
            String name,
            String team,
            String owner,
            StateMark state,
            String why,
            @Nullable Moment used,
            @Nullable Moment ends,
            boolean idle,
            String nodes,
            @Nullable String open,
            boolean mayEnd) {}

    static SessionsPage of(
            Frame frame,
            boolean all,
            List<Session> sessions,
            boolean more,
            boolean mayStart,
            String who,
            Predicate<Session> mayEnd) {
        return new SessionsPage(
                frame,
                all,
                sessions.stream()
                        .map(session -> line(session, who, mayEnd, frame.now()))
                        .toList(),
                more,
                mayStart);
    }

    private static Line line(Session session, String who, Predicate<Session> mayEnd, Instant now) {
        boolean opens = session.state().equals("RUNNING") && session.owner().equals(who);
        Boolean warm = session.warm();
        return new Line(
                session.id(),
                session.name(),
                session.team(),
                session.owner(),
                StateMark.of(session.state()),
                session.reason() == null ? "" : session.reason().message(),
                session.usedAt() == null ? null : new Moment(session.usedAt(), now),
                session.endsAt() == null ? null : new Moment(session.endsAt(), now),
                Boolean.TRUE.equals(session.idle()),
                warm == null ? "" : warm ? "were there" : "came for it",
                opens ? "/ui/jobs/" + session.id() + "/session" : null,
                mayEnd.test(session));
    }
}
