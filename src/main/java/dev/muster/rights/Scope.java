package dev.muster.rights;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import org.jspecify.annotations.Nullable;

/** What a duty is held for: everything, one team, or one queue with those below it. Exactly one of the two names, or none. */
public record Scope(@Nullable TeamName team, @Nullable QueueName queue) {
    public static final Scope EVERYTHING = new Scope(null, null);

    private static final String EVERY = "*";
    private static final String TEAM = "team/";
    private static final String QUEUE = "queue/";

    public Scope {
        if (team != null && queue != null) {
            throw new IllegalArgumentException("A scope of team %s and queue %s: expected one".formatted(team, queue));
        }
    }

    /** The kinds that there are. */
    public enum Kind {
        EVERYTHING,
        TEAM,
        QUEUE
    }

    public static Scope of(TeamName team) {
        return new Scope(team, null);
    }

    public static Scope of(QueueName queue) {
        return new Scope(null, queue);
    }

    /** @throws IllegalArgumentException where the text is none that {@link #toString} writes */
    public static Scope parse(String text) {
        if (text.equals(EVERY)) {
            return EVERYTHING;
        }
        if (text.startsWith(TEAM)) {
            return of(new TeamName(text.substring(TEAM.length())));
        }
        if (text.startsWith(QUEUE)) {
            return of(new QueueName(text.substring(QUEUE.length())));
        }
        throw new IllegalArgumentException("expected *, team/NAME or queue/NAME");
    }

    public Kind kind() {
        if (team != null) {
            return Kind.TEAM;
        }
        return queue != null ? Kind.QUEUE : Kind.EVERYTHING;
    }

    /** {@code *}, {@code team/vision} or {@code queue/research}. */
    @Override
    public String toString() {
        if (team != null) {
            return TEAM + team;
        }
        return queue != null ? QUEUE + queue : EVERY;
    }
}
