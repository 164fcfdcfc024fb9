package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.Session;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the session that a person means: names are used again and again, and what has ended is not meant. What is no session that runs
 * or waits is found as any job is, so that it can be said what it is.
 */
final class SessionFinder {
    private static final String STARTED = "RUNNING";
    private static final int LOOKED_AT = 5_000;
    private static final int MOST_TOLD = 8;

    private final MusterClient client;

    SessionFinder(MusterClient client) {
        this.client = client;
    }

    /** One to be entered: of several of that name the newest that runs, else the newest; {@code note} is told of the others. */
    Job toOpen(String meant, Consumer<String> note) {
        List<Session> found = open(meant, true);
        if (found.isEmpty()) {
            return new JobFinder(client).find(meant);
        }
        Session chosen = found.stream()
                .filter(session -> session.state().equals(STARTED))
                .findFirst()
                .orElse(found.get(0));
        if (found.size() > 1) {
            note.accept("'%s' is %d sessions; this is %s. The others:".formatted(meant, found.size(), chosen.id()));
            found.stream()
                    .filter(session -> session != chosen)
                    .limit(MOST_TOLD)
                    .map(SessionFinder::line)
                    .forEach(note);
        }
        return job(chosen);
    }

    /**
     * One to be ended, which is not guessed: one's own first, else of all that may be seen.
     *
     * @throws BadInput where it is several
     */
    Job toStop(String meant) {
        List<Session> mine = open(meant, true);
        List<Session> found = mine.isEmpty() ? open(meant, false) : mine;
        if (found.isEmpty()) {
            return new JobFinder(client).find(meant);
        }
        if (found.size() > 1) {
            throw new BadInput(
                    "'%s' is %d sessions: say which by its id".formatted(meant, found.size()),
                    found.stream().limit(MOST_TOLD).map(SessionFinder::line).collect(Collectors.joining("\n")));
        }
        return job(found.get(0));
    }

    /** Those that have not ended, newest first. */
    private List<Session> open(String meant, boolean mine) {
        String word = meant.strip();
        String id = word.toLowerCase(Locale.ROOT);
        if (JobFinder.isId(id)) {
            return List.of();
        }
        List<Session> all = client.jobs().sessions(JobQuery.ALL_TEAMS, mine, LOOKED_AT);
        List<Session> named =
                all.stream().filter(session -> session.name().equals(word)).toList();
        if (!named.isEmpty()) {
            return named;
        }
        return JobFinder.mayBeginAnId(id)
                ? all.stream().filter(session -> session.id().startsWith(id)).toList()
                : List.of();
    }

    private Job job(Session session) {
        return client.jobs().get(session.team(), session.id());
    }

    private static String line(Session session) {
        return "%s  %s/%s  %s  %s"
                .formatted(session.id(), session.team(), session.name(), session.owner(), session.state());
    }
}
