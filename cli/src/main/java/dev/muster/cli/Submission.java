package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Submits the jobs of manifests: those of one team in one request, so that all of them are accepted or none. */
final class Submission {
    private static final Pattern PLACE = Pattern.compile("/jobs/(\\d{1,6})(/.*)?");

    private final MusterClient client;
    private final Map<String, String> environment;
    private final @Nullable String team;
    private final @Nullable String set;
    private final boolean validateOnly;

    /** {@code team} and {@code set} win over what manifests say; null: what they say. */
    Submission(
            MusterClient client,
            Map<String, String> environment,
            @Nullable String team,
            @Nullable String set,
            boolean validateOnly) {
        this.set = set;
        this.client = client;
        this.environment = environment;
        this.team = team;
        this.validateOnly = validateOnly;
    }

    /** {@code key} gives the idempotency key for the jobs of one request. */
    List<Job> submit(List<Manifest> manifests, Function<List<Job>, String> key) {
        Map<String, List<Manifest>> byTeam = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind() == Kind.JOB) {
                String said = team == null ? manifest.metadata().team() : team;
                byTeam.computeIfAbsent(said == null ? "" : said, t -> new ArrayList<>())
                        .add(manifest);
            }
        }
        List<Job> accepted = new ArrayList<>();
        byTeam.forEach((said, group) -> {
            String of = Teams.of(said, environment, client);
            for (int from = 0; from < group.size(); from += Jobs.MOST_IN_ONE_BATCH) {
                int to = Math.min(group.size(), from + Jobs.MOST_IN_ONE_BATCH);
                accepted.addAll(submit(of, group.subList(from, to), key));
            }
        });
        return accepted;
    }

    private List<Job> submit(String of, List<Manifest> manifests, Function<List<Job>, String> key) {
        List<Job> jobs = manifests.stream()
                .map(manifest -> inSet(Application.sent((Job) manifest.resource(), of)))
                .toList();
        try {
            if (jobs.size() == 1 && jobs.get(0).spec().array() != null) {
                return array(of, jobs.get(0), key.apply(jobs));
            }
            return jobs.size() == 1
                    ? List.of(client.jobs().submit(of, jobs.get(0), key.apply(jobs), validateOnly))
                    : client.jobs().submitAll(of, jobs, key.apply(jobs), validateOnly);
        } catch (ProblemException e) {
            throw new Refused(places(manifests, e), e);
        }
    }

    private Job inSet(Job job) {
        return set == null || job.spec() == null
                ? job
                : new Job(job.kind(), job.metadata(), job.spec().in(set), job.status());
    }

    /** Its children, as many as are there: of one that is only tried, none. */
    private List<Job> array(String of, Job job, String key) {
        String id =
                client.jobs().submitArray(of, job, key, validateOnly).metadata().id();
        return id == null
                ? List.of()
                : client.jobs().find(new JobQuery(of, "array=" + id, "name asc", 500), Integer.MAX_VALUE);
    }

    /** The files and lines of the jobs that the problem points at. */
    private static String places(List<Manifest> manifests, ProblemException e) {
        if (manifests.size() == 1) {
            return manifests.get(0).where() + " (" + manifests.get(0).title() + ")";
        }
        List<String> places = new ArrayList<>();
        if (e.problem().errors() != null) {
            e.problem().errors().forEach(error -> {
                Matcher place = PLACE.matcher(error.pointer());
                if (place.matches() && Integer.parseInt(place.group(1)) < manifests.size()) {
                    Manifest manifest = manifests.get(Integer.parseInt(place.group(1)));
                    places.add("jobs/%s is %s (%s)".formatted(place.group(1), manifest.where(), manifest.title()));
                }
            });
        }
        return places.isEmpty()
                ? "%d jobs, none was accepted".formatted(manifests.size())
                : String.join("; ", places.stream().distinct().limit(10).toList());
    }
}
