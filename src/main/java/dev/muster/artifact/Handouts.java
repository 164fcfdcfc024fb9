package dev.muster.artifact;

import dev.muster.Settings;
import dev.muster.access.Gate;
import dev.muster.access.Token;
import dev.muster.cluster.Download;
import dev.muster.cluster.PodTemplate;
import dev.muster.cluster.ServiceAddress;
import dev.muster.job.ArtifactRef;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that pods of one attempt may use, and nobody who has not been told: they are signed, name the attempt, and are good as long as
 * it has not ended. They open nothing but the files that its job brings along, and the place for its result.
 */
@ApplicationScoped
public class Handouts {
    /** What their paths begin with. */
    public static final String PATH = Gate.HANDOUTS;

    private static final String PURPOSE = "handout";

    private final Token token;
    private final AttemptStore attempts;
    private final JobStore jobs;
    private final Settings settings;

    Handouts(Token token, AttemptStore attempts, JobStore jobs, Settings settings) {
        this.token = token;
        this.attempts = attempts;
        this.jobs = jobs;
        this.settings = settings;
    }

    /** Whether such a pod can reach the service: one that is only simulated does not want to. */
    boolean reach(PodTemplate template) {
        return switch (settings.cluster()) {
            case KUBERNETES -> settings.artifacts().url().isPresent();
            case SIMULATED ->
                settings.localProcesses().allowed() && !template.command().isEmpty();
        };
    }

    /** Where the pods of the attempt find this file of its job. */
    public Download download(AttemptId attempt, Download file) {
        return new Download(file.name(), file.sha256(), address(attempt) + "/" + file.name());
    }

    /** Where they hand back a result. */
    String result(AttemptId attempt) {
        return address(attempt);
    }

    /** The job, where the signature is that of its attempt and this has not ended. */
    public Optional<Job> open(String attempt, String signature) {
        Optional<AttemptId> id = parsed(attempt)
                .filter(one -> MessageDigest.isEqual(
                        signature(one).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        signature.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return id.flatMap(attempts::find)
                .filter(one -> one.state() != AttemptState.ENDED)
                .map(Attempt::id)
                .flatMap(one -> jobs.find(one.job()));
    }

    /** The file of that name which the job brings along. */
    public static Optional<ArtifactRef> file(Job job, String name) {
        List<ArtifactRef> files = job.spec().life().artifacts();
        return files.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private String address(AttemptId attempt) {
        return base() + PATH + attempt + "/" + signature(attempt);
    }

    private String base() {
        return settings.artifacts().url().map(url -> url.replaceAll("/+$", "")).orElse(ServiceAddress.LATER);
    }

    private String signature(AttemptId attempt) {
        return HexFormat.of().formatHex(token.sign(PURPOSE, attempt.toString()));
    }

    private static Optional<AttemptId> parsed(String text) {
        try {
            return Optional.of(AttemptId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
