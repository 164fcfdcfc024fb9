package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.JobQuery;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the job that a person means: by its id, the beginning of its id, or its name, where that is one job. */
final class JobFinder {
    private static final Pattern ID = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");
    private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-hjkmnp-tv-z]{4,25}");
    /** How far back the beginning of an id is looked for: the newest so many jobs. */
    private static final int LOOKED_AT = 5_000;

    private final MusterClient client;

    JobFinder(MusterClient client) {
        this.client = client;
    }

    Job find(String meant) {
        String word = meant.strip().toLowerCase(Locale.ROOT);
        if (ID.matcher(word).matches()) {
            try {
                return client.jobs().get(JobQuery.ALL_TEAMS, word);
            } catch (ProblemException e) {
                if (e.problem().status() != 404) {
                    throw e;
                }
                // A name may look like an id.
            }
        }
        Map<String, Job> found = new LinkedHashMap<>();
        named(meant.strip()).forEach(job -> found.put(id(job), job));
        if (found.isEmpty() && ID_PREFIX.matcher(word).matches()) {
            newest().stream().filter(job -> id(job).startsWith(word)).forEach(job -> found.put(id(job), job));
        }
        return only(meant, new ArrayList<>(found.values()));
    }

    private List<Job> named(String name) {
        return client
                .jobs()
                .find(JobQuery.all().filtered(new JobFilter().name(name).text()), 50)
                .stream()
                .filter(job -> job.metadata().name().equals(name))
                .toList();
    }

    private List<Job> newest() {
        return client.jobs().find(JobQuery.all(), LOOKED_AT);
    }

    private static Job only(String meant, List<Job> found) {
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new BadInput(
                    "No job '%s': it is no id, beginning of an id, or name of one".formatted(meant),
                    "'muster jobs' lists them.");
        }
        String some = found.stream()
                .limit(8)
                .map(job -> "%s  %s/%s  %s"
                        .formatted(
                                id(job), job.metadata().team(), job.metadata().name(), States.of(job)))
                .collect(Collectors.joining("\n"));
        throw new BadInput("'%s' is %d jobs: say which by its id".formatted(meant, found.size()), some);
    }

    static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    static boolean mayBeginAnId(String word) {
        return ID_PREFIX.matcher(word).matches();
    }

    static String id(Job job) {
        return Objects.requireNonNull(job.metadata().id(), "The service gave a job without an id");
    }

    static String team(Job job) {
        return Objects.requireNonNull(job.metadata().team(), "The service gave a job without a team");
    }
}
