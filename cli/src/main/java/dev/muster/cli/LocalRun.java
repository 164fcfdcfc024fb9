package dev.muster.cli;

import dev.muster.api.ArtifactRef;
import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.JobSpecDraft;
import dev.muster.api.Metadata;
import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.Pool;
import dev.muster.api.RoleSpec;
import dev.muster.api.TaintSpec;
import dev.muster.api.TolerationSpec;
import dev.muster.api.client.MusterClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command line as a job: one role of equal pods, sent to the pools that run local processes unless an image is named. */
record LocalRun(
        @Nullable String name,
        @Nullable String queue,
        @Nullable String priority,
        Map<String, String> resources,
        int count,
        Map<String, String> environment,
        @Nullable String image,
        @Nullable String maxRunTime,
        @Nullable String jobSet,
        Program program) {
    static final String ROLE = "main";
    private static final String POOL_LABEL = "muster.dev/pool";
    private static final int LONGEST_NAME = 40;

    /** {@code artifacts} is what its files are called by the service. */
    Job job(MusterClient client, List<ArtifactRef> artifacts) {
        List<Pool> local = image == null ? localPools(client) : List.of();
        NodeAffinitySpec where = local.isEmpty() ? null : onlyIn(local);
        List<TolerationSpec> tolerating = local.isEmpty() ? null : tolerating(local);
        JobSpecDraft draft = JobSpec.draft()
                .queue(queue)
                .priorityClass(priority)
                .maxRunTime(maxRunTime)
                .jobSet(jobSet)
                .artifacts(artifacts.isEmpty() ? null : artifacts);
        JobSpec spec = program.isSpark()
                ? draft.spark(program.spark(image, count, resources, environment, where, tolerating))
                        .spec()
                : draft.roles(List.of(role(where, tolerating))).spec();
        return new Job(Job.KIND, Metadata.named(name == null ? nameOf(program.words()) : name), spec, null);
    }

    private RoleSpec role(@Nullable NodeAffinitySpec where, @Nullable List<TolerationSpec> tolerating) {
        return new RoleSpec(
                ROLE,
                count,
                null,
                null,
                null,
                image,
                program.command(),
                program.arguments().isEmpty() ? null : program.arguments(),
                environment.isEmpty() ? null : environment,
                null,
                null,
                null,
                resources,
                where,
                tolerating,
                null,
                null);
    }

    private static List<Pool> localPools(MusterClient client) {
        List<Pool> local = client.pools().all().stream()
                .filter(pool -> Boolean.TRUE.equals(pool.spec().localProcesses()))
                .toList();
        if (local.isEmpty()) {
            throw new BadInput(
                    "No pool of this service runs commands as local processes",
                    "Name a container image with --image, or let the operator add a pool with 'localProcesses: true' (examples/pool.yaml).");
        }
        return local;
    }

    private static NodeAffinitySpec onlyIn(List<Pool> pools) {
        List<String> names = pools.stream().map(pool -> pool.metadata().name()).toList();
        NodeAffinitySpec.Expression in = new NodeAffinitySpec.Expression(POOL_LABEL, "In", names);
        return new NodeAffinitySpec(List.of(new NodeAffinitySpec.Term(List.of(in))), null);
    }

    private static List<TolerationSpec> tolerating(List<Pool> pools) {
        return pools.stream()
                .flatMap(pool -> Objects.requireNonNullElse(pool.spec().taints(), List.<TaintSpec>of()).stream())
                .map(taint -> new TolerationSpec(
                        taint.key(), taint.value() == null ? "Exists" : "Equal", taint.value(), taint.effect()))
                .distinct()
                .toList();
    }

    /** {@code /usr/bin/python3 train.py} is {@code python3-train-py}. */
    static String nameOf(List<String> command) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < command.size() && i < 2; i++) {
            Path last = Path.of(command.get(i).replace("\0", "")).getFileName();
            String word =
                    last == null ? "" : last.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            if (i == 0 || !command.get(i).startsWith("-")) {
                name.append(name.isEmpty() ? "" : "-").append(word);
            }
        }
        String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "run" : cut;
    }
}
