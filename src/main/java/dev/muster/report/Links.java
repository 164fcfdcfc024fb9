package dev.muster.report;

import dev.muster.Settings;
import dev.muster.cluster.ExternalRef;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.ExternalJobStore;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is shown elsewhere, by the operator's patterns: one while it runs, where there is one, and one for ever. Spark's own page
 * the service shows itself while the driver lives.
 */
@ApplicationScoped
public class Links {
    /** The name of Spark's page, while its driver lives and later. */
    public static final String SPARK_UI = "spark-ui";
    /** The name of the page of a session, while it runs. */
    public static final String SESSION = "session";
    /** Where a driver in a pod serves it, unless it says otherwise. */
    private static final int SPARK_PORT = 4040;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([a-zA-Z.]+)\\s*}}");

    private final Map<String, String> always;
    private final Map<String, String> live;

    private final ExternalJobStore external;

    Links(Settings settings, ExternalJobStore external) {
        this.always = settings.links();
        this.live = settings.liveLinks();
        this.external = external;
    }

    /** By name, where each leads now; to its own address what the service shows, or cannot show yet. */
    public SortedMap<String, String> of(Job job) {
        SortedMap<String, String> all = new TreeMap<>();
        always.forEach((name, pattern) -> all.put(name, fill(pattern, job)));
        if (isSpark(job) && (!all.containsKey(SPARK_UI) || mayAnswer(job))) {
            all.put(SPARK_UI, stays(job, SPARK_UI));
        }
        if (job.spec().life().interactive() != null) {
            all.put(SESSION, stays(job, SESSION));
        }
        if (job.state() == JobState.RUNNING) {
            live.forEach((name, pattern) -> all.put(name, fill(pattern, job)));
        }
        return all;
    }

    public Optional<String> find(Job job, String name) {
        return Optional.ofNullable(of(job).get(name));
    }

    /** Where it is shown for ever, by the operator's word; empty where they said none. */
    public Optional<String> elsewhere(Job job, String name) {
        return Optional.ofNullable(always.get(name)).map(pattern -> fill(pattern, job));
    }

    /** Whether it has a driver that shows Spark's page: ours, or one that the Spark operator makes. */
    public static boolean isSpark(Job job) {
        return job.spec().spark() != null
                || ExternalRef.of(job.spec().annotations())
                        .filter(ref -> ref.kind() == ExternalRef.Kind.SPARK_APPLICATION)
                        .isPresent();
    }

    /** Where its driver serves it. */
    public static int port(Job job) {
        String said = job.spec().annotations().get(ExternalRef.PAGE_PORT);
        return said == null ? SPARK_PORT : Integer.parseInt(said);
    }

    /** While there is a driver that shows its page, or is about to. */
    public static boolean mayAnswer(Job job) {
        return job.state() == JobState.RUNNING || job.state() == JobState.LAUNCHING;
    }

    /** The address of a link, as long as there is the job. */
    public static String stays(Job job, String name) {
        return "/api/v1/teams/%s/jobs/%s/links/%s".formatted(job.team(), job.id(), name);
    }

    /** Values are encoded: whatever a job is called, it changes nothing of the address. A word that stands for nothing is left out. */
    String fill(String pattern, Job job) {
        Matcher words = PLACEHOLDER.matcher(pattern);
        return words.replaceAll(
                found -> Matcher.quoteReplacement(URLEncoder.encode(word(found.group(1), job), StandardCharsets.UTF_8)
                        .replace("+", "%20")));
    }

    /** Spark in a cluster chooses the name itself; ours is told to take the attempt's. */
    private String application(Job job) {
        if (job.attempt() == 0) {
            return "";
        }
        AttemptId attempt = new AttemptId(job.id(), job.attempt());
        return job.spec().spark() == null && isSpark(job)
                ? external.run(attempt).orElse("")
                : attempt.toString();
    }

    private String word(String word, Job job) {
        return switch (word) {
            case "job.id" -> job.id().value();
            case "job.name" -> job.spec().name();
            case "job.attempt" -> Integer.toString(job.attempt());
            case "spark.app" -> application(job);
            case "team" -> job.team().value();
            case "queue" -> job.spec().queue().value();
            case "submitted" -> millis(job.submittedAt());
            case "started" -> millis(job.startedAt());
            case "finished" -> millis(job.finishedAt());
            default -> job.spec().labels().getOrDefault(word.startsWith("label.") ? word.substring(6) : "", "");
        };
    }

    private static String millis(@Nullable Instant time) {
        return time == null ? "" : Long.toString(time.toEpochMilli());
    }
}
