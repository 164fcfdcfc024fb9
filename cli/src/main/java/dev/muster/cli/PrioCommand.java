package dev.muster.cli;

import dev.muster.api.Explanation;
import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The priority of waiting jobs, taken apart. */
@Command(
        name = "prio",
        description = {
            "Takes the priority of waiting jobs apart: the value of the class, what aging adds, their place in their queue,",
            "and when they are expected to start. Without a JOB: of the jobs that were submitted last."
        },
        footer = {"  muster prio", "  muster prio train"})
final class PrioCommand extends Verb {
    @Parameters(paramLabel = "JOB", arity = "0..1", description = "Id, beginning of an id, or name.")
    private String meant = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Most jobs (default: 20).")
    private int limit;

    @Override
    public Integer call() {
        MusterClient client = client();
        List<Job> jobs = meant.isEmpty() ? waiting(client) : List.of(new JobFinder(client).find(meant));
        Map<Job, Explanation> places = new java.util.LinkedHashMap<>();
        for (Job job : jobs) {
            places.put(job, client.jobs().explanation(JobFinder.team(job), JobFinder.id(job)));
        }
        if (!forPeople()) {
            Print.all(screen(), new ArrayList<>(places.values()));
            return ExitCode.OK;
        }
        if (places.isEmpty()) {
            screen().note("Nothing waits.");
            return ExitCode.OK;
        }
        Table table = new Table("JOB", "QUEUE", ">PLACE", ">PRIORITY", ">CLASS", ">AGING", ">WAITED", "EXPECTED START");
        places.forEach((job, said) -> {
            String queue = job.spec().queue() == null ? "" : job.spec().queue();
            String start = said.expectedStart() == null ? "" : Outlook.when(said.expectedStart());
            if (said.place() == null) {
                table.row(Text.plain(job.metadata().name()), queue, "", "", "", "", "", start);
            } else {
                table.row(
                        Text.plain(job.metadata().name()),
                        queue,
                        said.place().inQueue() + "/" + said.place().ofQueue(),
                        Integer.toString(said.place().priority()),
                        Integer.toString(said.place().priorityClass()),
                        Integer.toString(said.place().aging()),
                        Span.of(said.place().age()),
                        start);
            }
        });
        table.print(screen());
        return ExitCode.OK;
    }

    private List<Job> waiting(MusterClient client) {
        return client.jobs()
                .page(new JobQuery(JobQuery.ALL_TEAMS, "state=QUEUED", null, Math.max(1, Math.min(limit, 200))), null)
                .items();
    }
}
