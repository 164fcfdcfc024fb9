package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.RoleSpec;
import dev.muster.api.client.LogQuery;
import dev.muster.api.client.MusterClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The output of a job's pods. */
@Command(
        name = "logs",
        description = "Shows the output of a pod of a job: the first one of its leader, or first, role.",
        footer = {
            "  muster logs train                        what there is",
            "  muster logs -f train                     and what comes, until it ends",
            "  muster logs train --role worker --index 3 --attempt 1"
        })
final class LogsCommand extends Verb {
    @Parameters(paramLabel = "JOB", description = "Id, beginning of an id, or name.")
    private String meant = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the pod has ended.")
    private boolean follow;

    @Option(names = "--role", paramLabel = "ROLE", description = "Of this role.")
    private @Nullable String role;

    @Option(names = "--index", paramLabel = "N", defaultValue = "0", description = "Which pod of the role, from 0.")
    private int index;

    @Option(names = "--attempt", paramLabel = "N", description = "Which attempt (default the last one).")
    private @Nullable Integer attempt;

    @Override
    public Integer call() {
        MusterClient client = follow ? patientClient() : client();
        Job job = new JobFinder(client).find(meant);
        LogQuery query = new LogQuery(JobFinder.team(job), JobFinder.id(job), role(job), index, attempt, 0);
        if (!follow) {
            client.logs().copy(query, screen().foreign());
            return ExitCode.OK;
        }
        if (attempt == null && new Follower(client, screen()).untilStarted(job).isEmpty()) {
            return ExitCode.OK;
        }
        client.logs().follow(query, screen().foreign());
        return ExitCode.OK;
    }

    private String role(Job job) {
        if (role != null) {
            if (job.spec().roles().stream().noneMatch(known -> known.name().equals(role))) {
                throw new BadInput(
                        "Job %s has no role '%s'".formatted(job.metadata().name(), role),
                        "It has "
                                + String.join(
                                        ", ",
                                        job.spec().roles().stream()
                                                .map(RoleSpec::name)
                                                .toList()));
            }
            return role;
        }
        return mainRole(job);
    }

    /** The leader, else the first. */
    static String mainRole(Job job) {
        return job.spec().roles().stream()
                .filter(known -> Boolean.TRUE.equals(known.leader()))
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(job.spec().roles().get(0)))
                .name();
    }
}
