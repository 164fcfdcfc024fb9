package dev.muster.cli;

import dev.muster.api.Attempt;
import dev.muster.api.Event;
import dev.muster.api.Job;
import dev.muster.api.JobLink;
import dev.muster.api.JobOrigins;
import dev.muster.api.JobStatus;
import dev.muster.api.RoleSpec;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything about one job. */
@Command(
        name = "job",
        description = "Shows one job: what was asked, its state and reason, attempts, pods and timeline.",
        footer = {
            "  muster job train            by name",
            "  muster job 01jd3k -o yaml   by the beginning of its id, as YAML"
        })
final class JobCommand extends Verb {
    @Parameters(paramLabel = "JOB", description = "Id, beginning of an id, or name.")
    private String meant = "";

    @Option(
            names = "--origins",
            description = "Where each value comes from: the job, a template, its team, Spark, the service.")
    private boolean origins;

    @Option(names = "--links", description = "Where it is shown elsewhere, such as a dashboard or Spark's own page.")
    private boolean links;

    @Override
    public Integer call() {
        MusterClient client = client();
        Job job = new JobFinder(client).find(meant);
        if (links) {
            return links(client.jobs().links(JobFinder.team(job), JobFinder.id(job)));
        }
        if (origins) {
            return origins(client.jobs().origins(JobFinder.team(job), JobFinder.id(job)));
        }
        if (!forPeople()) {
            Print.one(screen(), job);
            return ExitCode.OK;
        }
        String team = JobFinder.team(job);
        String id = JobFinder.id(job);
        head(job);
        if (job.spec().spark() != null) {
            field(
                    "spark ui",
                    client.server().resolve("/api/v1/teams/%s/jobs/%s/links/spark-ui".formatted(team, id)) + "");
        }
        roles(job);
        attempts(client.jobs().attempts(team, id));
        timeline(client.jobs().events(team, id));
        return ExitCode.OK;
    }

    private int links(List<JobLink> all) {
        if (!forPeople()) {
            Print.all(screen(), all);
            return ExitCode.OK;
        }
        if (all.isEmpty()) {
            screen().note("The operator has named nothing that shows jobs elsewhere");
        }
        all.forEach(one -> field(one.name(), Text.plain(one.target())));
        return ExitCode.OK;
    }

    private int origins(JobOrigins all) {
        if (!forPeople()) {
            Print.one(screen(), all);
            return ExitCode.OK;
        }
        Table table = new Table("FIELD", "VALUE", "FROM");
        all.values().forEach(one -> table.row(Text.plain(one.pointer()), Text.plain(one.value()), one.origin()));
        table.print(screen());
        return ExitCode.OK;
    }

    private void head(Job job) {
        JobStatus status = Objects.requireNonNull(job.status());
        Instant now = Instant.now();
        screen().print(screen().paint(
                                Colour.BOLD,
                                JobFinder.team(job) + "/" + job.metadata().name()) + "  "
                + screen().state(status.state()));
        field("id", JobFinder.id(job));
        field("queue", Objects.requireNonNullElse(job.spec().queue(), ""));
        field("priority", Objects.requireNonNullElse(job.spec().priorityClass(), ""));
        field("submitted", Span.date(status.submittedAt()));
        field("waited", Lines.waited(job, now));
        field("ran", Lines.spent(job, now));
        field("finished", Span.date(status.finishedAt()));
        field("why", Lines.why(job));
        field("result", status.result() == null ? "" : Text.plain(status.result()));
        if (status.reason() != null && status.reason().hint() != null && !States.isFinal(status.state())) {
            field("hint", Text.plain(status.reason().hint()));
        }
        if (job.metadata().labels() != null && !job.metadata().labels().isEmpty()) {
            field(
                    "labels",
                    Lines.amounts(job.metadata().labels()).replace(" ", "=").replace(",=", ", "));
        }
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            screen().print("  " + screen().paint(Colour.DIM, Text.padded(name, 10)) + value);
        }
    }

    private void roles(Job job) {
        Map<String, Integer> running = job.status() == null || job.status().runningPods() == null
                ? Map.of()
                : job.status().runningPods();
        Table table = new Table("ROLE", ">PODS", ">RUNNING", "EACH", "COMMAND");
        for (RoleSpec role : job.spec().roles()) {
            table.row(
                    role.name() + (Boolean.TRUE.equals(role.leader()) ? " (leader)" : ""),
                    Lines.pods(role),
                    running.getOrDefault(role.name(), 0).toString(),
                    role.resources() == null ? "" : Lines.amounts(role.resources()),
                    Text.plain(String.join(" ", Objects.requireNonNullElse(role.command(), List.of()))));
        }
        screen().print("");
        table.print(screen());
    }

    private void attempts(List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            screen().print("");
            String ended = attempt.outcome() == null
                    ? ""
                    : "  " + screen().state(attempt.outcome().result()) + " " + Lines.outcome(attempt.outcome());
            screen().print("attempt %d  %s%s".formatted(attempt.number(), screen().state(attempt.state()), ended));
            if (attempt.changes() != null) {
                attempt.changes().forEach(change -> screen().print("  " + Text.plain(change)));
            }
            if (attempt.verdict() != null) {
                screen().print("  " + Text.plain(attempt.verdict()));
            }
            if (attempt.pods() != null && !attempt.pods().isEmpty()) {
                pods(screen(), attempt.pods());
            } else {
                attempt.placements().forEach(placement -> screen().print("  %d × %s in pool %s"
                        .formatted(placement.pods(), placement.role(), placement.pool())));
            }
        }
    }

    private static void pods(Screen screen, List<Attempt.Pod> pods) {
        Table table = new Table("  POD", "STATE", "NODE", ">RAN", ">EXIT", "MESSAGE");
        for (Attempt.Pod pod : pods) {
            table.row(
                    "  " + pod.role() + "-" + pod.index(),
                    screen.state(pod.phase()),
                    Objects.requireNonNullElse(pod.node(), ""),
                    Span.between(pod.startedAt(), pod.endedAt() == null ? Instant.now() : pod.endedAt()),
                    pod.exitCode() == null ? "" : pod.exitCode().toString(),
                    pod.message() == null ? "" : Text.plain(pod.message()));
        }
        table.print(screen);
    }

    private void timeline(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        screen().print("");
        screen().print("timeline");
        // Attempts have their own part above.
        for (Event event :
                events.stream().filter(e -> !e.type().equals("ATTEMPT_MOVED")).toList()) {
            screen().print("  " + Text.cut(Lines.event(event, screen()), screen().width() - 2));
        }
    }
}
