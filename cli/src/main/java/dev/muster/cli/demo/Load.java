package dev.muster.cli.demo;

import dev.muster.api.Job;
import dev.muster.api.Metadata;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** A gentle load: the sample jobs at first, then one of them again now and then while few are waiting. */
final class Load {
    /** More than this many unfinished jobs are no longer gentle. */
    private static final int MOST_UNFINISHED = 25;

    private final MusterClient client;
    private final List<Job> samples;
    private final Random dice = new Random(20_261_121);
    private final Set<String> submitted = new HashSet<>();
    private int round = 1;

    Load(MusterClient client, List<Job> samples) {
        this.client = client;
        this.samples = List.copyOf(samples);
    }

    /** Submits every sample once. */
    void first() {
        samples.forEach(job -> submit(job, job.metadata().name()));
    }

    /** Submits one more, unless {@code unfinished} are enough. */
    void more(int unfinished) {
        if (unfinished < MOST_UNFINISHED && !samples.isEmpty()) {
            Job sample = samples.get(dice.nextInt(samples.size()));
            round++;
            submit(sample, sample.metadata().name() + "-" + round);
        }
    }

    /** The ids of what was submitted here. */
    List<String> submitted() {
        return new ArrayList<>(submitted);
    }

    private void submit(Job sample, String name) {
        Metadata metadata = sample.metadata();
        String team = Objects.requireNonNull(metadata.team(), "A sample job without a team");
        Metadata renamed = new Metadata(name, team, null, metadata.labels(), metadata.annotations(), null, null);
        Job accepted =
                client.jobs().submit(team, new Job(Job.KIND, renamed, sample.spec(), null), Jobs.newKey(), false);
        submitted.add(Objects.requireNonNull(accepted.metadata().id()));
    }
}
