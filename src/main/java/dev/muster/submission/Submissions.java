package dev.muster.submission;

import dev.muster.cycle.Wake;
import dev.muster.job.Job;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The door of the queues: accepts jobs, all of a request or none, and calls for a cycle once they are there. */
@ApplicationScoped
public class Submissions {
    private final Acceptance acceptance;
    private final Transfers transfers;
    private final JobStore jobs;
    private final Wake wake;
    private final Timer submits;
    private final Counter accepted;

    Submissions(Acceptance acceptance, Transfers transfers, JobStore jobs, Wake wake, MeterRegistry meters) {
        this.transfers = transfers;
        this.jobs = jobs;
        this.acceptance = acceptance;
        this.wake = wake;
        this.submits = Timer.builder("muster.submit")
                .description("How long it took to accept or refuse a request with jobs")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters);
        this.accepted = Counter.builder("muster.jobs.accepted")
                .description("Jobs that were accepted")
                .register(meters);
    }

    /**
     * Accepts the jobs. {@code answer} says what the caller is told of them; where the request carries a key that was seen, it is
     * the first answer.
     *
     * @throws MusterException where any of them cannot be accepted; then none is
     */
    public Answer submit(Submission submission, List<Candidate> candidates, Function<List<Job>, Answer> answer) {
        Answer told = submits.record(() -> acceptance.accept(submission, candidates, answer));
        if (!submission.dry()) {
            accepted.increment(candidates.size());
            wake.now();
        }
        return told;
    }

    /**
     * Accepts each that can be, or only tries to, in the transaction of the caller, who calls for a cycle after its commit. What is refused
     * is told in its place; where anything else goes wrong, none is accepted.
     */
    public List<Verdict> submitEach(List<Lone> each) {
        List<Verdict> verdicts = submits.record(() -> acceptance.acceptEach(each));
        for (int i = 0; i < verdicts.size(); i++) {
            if (!each.get(i).submission().dry()) {
                accepted.increment(verdicts.get(i).jobs().size());
            }
        }
        return verdicts;
    }

    /** Accepts a new job of the same spec, in the queue and with the class that the old one has now. */
    public Answer rerun(Submission submission, JobId id, Function<List<Job>, Answer> answer) {
        Answer told = acceptance.rerun(submission, id, answer);
        wake.now();
        return told;
    }

    /**
     * Changes queue or priority class (null: as it is) of a job that waits, or the queue alone of one that runs; {@code expected}: the
     * version that was seen.
     */
    public Job change(
            Submission submission,
            JobId id,
            @Nullable QueueName queue,
            @Nullable PriorityClassName priorityClass,
            @Nullable Long expected) {
        boolean runs = queue != null
                && priorityClass == null
                && jobs.find(id).filter(Transfers::isFor).isPresent();
        Job changed = runs
                ? transfers.move(submission, id, queue, expected)
                : acceptance.change(submission, id, queue, priorityClass, expected);
        wake.now();
        return changed;
    }
}
