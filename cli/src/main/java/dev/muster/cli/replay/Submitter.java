package dev.muster.cli.replay;

import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.Metadata;
import dev.muster.api.Problem;
import dev.muster.api.RoleSpec;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.ProblemException;
import dev.muster.cli.trace.Defect;
import dev.muster.cli.trace.Sink;
import dev.muster.cli.trace.TraceJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Submits recorded jobs in batches, in their order. What the service refuses is taken out and counted, the rest goes on. */
final class Submitter implements Sink {
    private static final int BATCH = 1_000;
    private static final Pattern PLACE = Pattern.compile("/jobs/(\\d{1,6})(/.*)?");
    static final String LABEL = "replay";
    static final String ROLE = "worker";

    private final Jobs jobs;
    private final String team;
    private final @Nullable String queue;
    private final String label;
    private final String resource;
    private final Pace pace;
    private final Tally tally;
    private final Runnable progress;
    private final List<TraceJob> batch = new ArrayList<>();

    Submitter(
            Jobs jobs,
            String team,
            @Nullable String queue,
            String label,
            String resource,
            Pace pace,
            Tally tally,
            Runnable progress) {
        this.jobs = jobs;
        this.team = team;
        this.queue = queue;
        this.label = label;
        this.resource = resource;
        this.pace = pace;
        this.tally = tally;
        this.progress = progress;
    }

    @Override
    public void job(TraceJob job) {
        batch.add(job);
        if (batch.size() >= BATCH) {
            flush();
        }
    }

    @Override
    public void defect(Defect defect) {
        tally.defect(defect);
    }

    /** Sends what is left. */
    void flush() {
        send(List.copyOf(batch));
        batch.clear();
        progress.run();
    }

    private void send(List<TraceJob> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            jobs.submitAll(team, records.stream().map(this::asked).toList(), Jobs.newKey(), false);
            tally.accepted(records.size());
        } catch (ProblemException e) {
            if (e.problem().status() != 422 && e.problem().status() != 400) {
                throw e;
            }
            without(records, e);
        }
    }

    /** Those that the problem points at are out; where it points at none, halves find the ones that are meant. */
    private void without(List<TraceJob> records, ProblemException e) {
        SortedSet<Integer> meant = places(e.problem(), records.size());
        if (records.size() == 1) {
            refuse(records.get(0), reason(e.problem(), 0));
        } else if (meant.isEmpty()) {
            send(records.subList(0, records.size() / 2));
            send(records.subList(records.size() / 2, records.size()));
        } else {
            List<TraceJob> rest = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                if (meant.contains(i)) {
                    refuse(records.get(i), reason(e.problem(), i));
                } else {
                    rest.add(records.get(i));
                }
            }
            send(rest);
        }
    }

    private void refuse(TraceJob record, String why) {
        tally.refused(new Tally.Refusal(record.line(), record.id(), why));
    }

    private static SortedSet<Integer> places(Problem problem, int size) {
        SortedSet<Integer> places = new TreeSet<>();
        if (problem.errors() != null) {
            for (Problem.FieldError error : problem.errors()) {
                Matcher place = PLACE.matcher(error.pointer());
                if (place.matches() && Integer.parseInt(place.group(1)) < size) {
                    places.add(Integer.parseInt(place.group(1)));
                }
            }
        }
        return places;
    }

    private static String reason(Problem problem, int index) {
        if (problem.errors() != null) {
            for (Problem.FieldError error : problem.errors()) {
                Matcher place = PLACE.matcher(error.pointer());
                if (!place.matches() || Integer.parseInt(place.group(1)) == index) {
                    return error.detail();
                }
            }
        }
        return problem.detail() == null ? problem.title() : problem.detail();
    }

    private Job asked(TraceJob record) {
        String name = "r" + record.line();
        Map<String, String> annotations = Map.of(
                "simulation.muster.dev/run-time",
                pace.scaled(record.runTime()).toMillis() + "ms",
                "trace-job",
                record.id());
        Metadata metadata = new Metadata(name, team, null, Map.of(LABEL, label), annotations, null, null);
        RoleSpec role = new RoleSpec(
                ROLE,
                record.pods(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(resource, "1"),
                null,
                null,
                null,
                null);
        JobSpec spec = JobSpec.draft()
                .queue(queue)
                .roles(List.of(role))
                .notBefore(pace.arrival(record.arrival()))
                .spec();
        return new Job(Job.KIND, metadata, spec, null);
    }
}
