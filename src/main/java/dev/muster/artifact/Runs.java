package dev.muster.artifact;

import dev.muster.cycle.Wake;
import dev.muster.job.ArtifactRef;
import dev.muster.job.Job;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.problem.Place;
import dev.muster.submission.Candidate;
import dev.muster.submission.Submission;
import dev.muster.submission.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job together with the files that it brings along: both are kept, or neither. */
@ApplicationScoped
public class Runs {
    private final Artifacts artifacts;
    private final Submissions submissions;
    private final Wake wake;
    private final TransactionSynchronizationRegistry transaction;

    Runs(Artifacts artifacts, Submissions submissions, Wake wake, TransactionSynchronizationRegistry transaction) {
        this.artifacts = artifacts;
        this.submissions = submissions;
        this.wake = wake;
        this.transaction = transaction;
    }

    /** A file as it came; {@code declared} is the hash that the job says of it, null where it says none. */
    public record Sent(String name, @Nullable String declared, Upload upload, Place place) {
        public ArtifactRef ref() {
            return new ArtifactRef(name, upload.sha256());
        }
    }

    /** As {@link Submissions#submit}, with its files; a dry one keeps nothing. */
    public Answer submit(
            Submission submission, List<Sent> files, Candidate candidate, Function<List<Job>, Answer> answer) {
        Answer told = kept(submission, files, candidate, answer);
        wake.now();
        return told;
    }

    @Transactional
    Answer kept(Submission submission, List<Sent> files, Candidate candidate, Function<List<Job>, Answer> answer) {
        files.forEach(file -> artifacts.keep(
                submission.team(), submission.actor(), file.name(), file.declared(), file.upload(), file.place()));
        Answer told = submissions.submit(submission, List.of(candidate), answer);
        if (submission.dry()) {
            transaction.setRollbackOnly();
        }
        return told;
    }
}
