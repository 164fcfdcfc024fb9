package dev.muster.cli;

import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.Page;
import dev.muster.api.client.EventStream;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What happened, and what happens. */
@Command(
        name = "events",
        description = "Shows what happened, oldest first; -f goes on with what happens.",
        footer = {
            "  muster events -f                      everything, live",
            "  muster events --job train             the past of one job",
            "  muster events -f --set nightly        a set of jobs, live",
            "  muster events -f --team vision -o json   one JSON object a line, for programs"
        })
final class EventsCommand extends Verb {
    private static final int PAGE = 1_000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--team", paramLabel = "TEAM", description = "Of this team only.")
    private @Nullable String team;

    @Option(names = "--job", paramLabel = "JOB", description = "Of this job only: id, beginning of an id, or name.")
    private @Nullable String meant;

    @Option(
            names = "--set",
            paramLabel = "SET",
            description =
                    "Of this job set only; it is one of --team (default MUSTER_TEAM, the only team, or 'default').")
    private @Nullable String set;

    @Option(names = "--after", paramLabel = "CURSOR", description = "After this place (the cursor of an event).")
    private @Nullable String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The last so many of the past (default ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        MusterClient client = follow ? patientClient() : client();
        if (meant != null && set != null) {
            throw new BadInput("Both --job and --set", "Say one of them.");
        }
        if (set != null) {
            team = Teams.of(team, muster().environment(), client);
        }
        String id = null;
        if (meant != null) {
            Job job = new JobFinder(client).find(meant);
            id = JobFinder.id(job);
        }
        if (!follow) {
            Deque<Event> events = last(client, id);
            events.forEach(this::show);
            if (events.isEmpty() && forPeople()) {
                screen().note("Nothing happened yet.");
            }
            return ExitCode.OK;
        }
        try (EventStream events =
                set == null ? client.follow(team, id, after) : client.followSet(ofSet(), set, after)) {
            Optional<Event> next = events.next();
            while (next.isPresent()) {
                show(next.get());
                next = events.next();
            }
        }
        return ExitCode.OK;
    }

    private String ofSet() {
        return Objects.requireNonNull(team);
    }

    /** The service tells from the oldest on; only the last ones are kept. */
    private Deque<Event> last(MusterClient client, @Nullable String id) {
        Deque<Event> last = new ArrayDeque<>();
        String place = after;
        do {
            Page<Event> page =
                    set == null ? client.events(team, id, place, PAGE) : client.eventsOfSet(ofSet(), set, place, PAGE);
            for (Event event : page.items()) {
                last.addLast(event);
                if (last.size() > limit) {
                    last.removeFirst();
                }
            }
            place = page.nextPageToken();
        } while (place != null);
        return last;
    }

    private void show(Event event) {
        if (forPeople()) {
            screen().print(Lines.event(event, screen()));
        } else {
            Print.line(screen(), event);
        }
    }
}
