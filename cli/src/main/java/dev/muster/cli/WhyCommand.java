package dev.muster.cli;

import dev.muster.api.Event;
import dev.muster.api.Explanation;
import dev.muster.api.Job;
import dev.muster.api.Page;
import dev.muster.api.Reason;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a job is where it is. */
@Command(
        name = "why",
        description = "Says why a job waits (or ended so), with numbers, and what would help.",
        footer = {"  muster why train", "  muster why train --history    since when for which reason, oldest first"})
final class WhyCommand extends Verb {
    private static final String CHANGED = "REASON_CHANGED";
    private static final int PAGE = 1_000;

    @Parameters(paramLabel = "JOB", description = "Id, beginning of an id, or name.")
    private String meant = "";

    @Option(
            names = "--history",
            description = "Show when its primary reason changed, oldest first, instead of what it is now.")
    private boolean history;

    @Override
    public Integer call() {
        MusterClient client = client();
        Job job = new JobFinder(client).find(meant);
        if (history) {
            return changes(client, JobFinder.id(job));
        }
        Explanation explanation = client.jobs().explanation(JobFinder.team(job), JobFinder.id(job));
        if (!forPeople()) {
            Print.one(screen(), explanation);
            return ExitCode.OK;
        }
        screen().print("%s/%s is %s"
                .formatted(JobFinder.team(job), job.metadata().name(), screen().state(explanation.state())));
        String ended = States.isFinal(States.of(job)) ? Lines.why(job) : "";
        if (!ended.isEmpty()) {
            screen().print("  " + ended);
        }
        if (explanation.reason() != null) {
            show(explanation.reason());
        }
        if (explanation.verdict() != null) {
            screen().print("  " + Text.plain(explanation.verdict()));
        }
        if (explanation.changes() != null) {
            explanation.changes().forEach(change -> screen().print("  " + Text.plain(change)));
        }
        explanation.all().stream()
                .filter(reason -> !reason.equals(explanation.reason()))
                .forEach(reason -> {
                    screen().print(screen().paint(Colour.DIM, "also"));
                    show(reason);
                });
        if (explanation.ahead() != null && !States.isFinal(explanation.state())) {
            screen().print(
                            explanation.ahead() == 0
                                    ? "It is the first of its queue."
                                    : "%d %s ahead of it in its queue."
                                            .formatted(
                                                    explanation.ahead(),
                                                    explanation.ahead() == 1 ? "job is" : "jobs are"));
        }
        new Outlook(screen()).show(explanation);
        if (explanation.plannedAt() != null) {
            screen().print(screen().paint(Colour.DIM, "As of " + Span.date(explanation.plannedAt()) + "."));
        }
        return ExitCode.OK;
    }

    private int changes(MusterClient client, String job) {
        boolean none = true;
        String place = null;
        do {
            Page<Event> page = client.events(null, job, place, PAGE);
            for (Event event : page.items()) {
                if (event.type().equals(CHANGED)) {
                    none = false;
                    show(event);
                }
            }
            place = page.nextPageToken();
        } while (place != null);
        if (none && forPeople()) {
            screen().note("It never had to wait for a reason that was told.");
        }
        return ExitCode.OK;
    }

    private void show(Event event) {
        if (forPeople()) {
            screen().print(Lines.event(event, screen()));
        } else {
            Print.line(screen(), event);
        }
    }

    private void show(Reason reason) {
        screen().print("  %s  %s"
                .formatted(screen().paint(Colour.YELLOW, reason.code()), Text.plain(reason.message())));
        if (reason.hint() != null) {
            screen().print(screen().paint(Colour.CYAN, "  → ") + Text.plain(reason.hint()));
        }
    }
}
