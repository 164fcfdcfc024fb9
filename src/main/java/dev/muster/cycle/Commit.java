package dev.muster.cycle;

import dev.muster.event.Event;
import dev.muster.job.AttemptMove;
import dev.muster.job.JobMove;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.Leadership;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes steps: all in one transaction, which only the present leader can commit. */
@ApplicationScoped
public class Commit {
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final EventStore events;
    private final Leadership leadership;

    Commit(JobStore jobs, AttemptStore attempts, EventStore events, Leadership leadership) {
        this.events = events;
        this.jobs = jobs;
        this.attempts = attempts;
        this.leadership = leadership;
    }

    /** Those of the steps that were made, and the transactions that they were made in. */
    record Made(List<Step> steps, Set<Long> transactions) {
        static final Made NOTHING = new Made(List.of(), Set.of());

        Made {
            steps = List.copyOf(steps);
            transactions = Set.copyOf(transactions);
        }

        Made and(Made other) {
            List<Step> all = new ArrayList<>(steps);
            all.addAll(other.steps);
            Set<Long> both = new HashSet<>(transactions);
            both.addAll(other.transactions);
            return new Made(all, both);
        }
    }

    /** Attempts are not as this leader left them: all that it knows has to be read anew. */
    static final class NotAlone extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NotAlone(Set<AttemptId> moved) {
            super("Only the leader moves attempts, and these moved by themselves: " + moved);
        }
    }

    /**
     * Makes those of the steps whose job is still as it was. {@code beforeCommit} is the last
     * thing in the transaction and is given them.
     *
     * @throws Leadership.Lost where another replica plans by now; nothing was written
     */
    @Transactional
    Made make(long epoch, List<Step> steps, Consumer<List<Step>> beforeCommit) {
        long transaction = leadership.requireEpoch(epoch);
        List<JobMove> jobMoves =
                steps.stream().flatMap(step -> step.jobMoves().stream()).toList();
        List<Event> happened = new ArrayList<>();
        Set<JobId> moved = jobs.move(jobMoves, happened);
        List<Step> made = steps.stream()
                .filter(step -> step.jobMoves().isEmpty() || moved.contains(step.job()))
                .toList();
        List<AttemptMove> attemptMoves =
                made.stream().flatMap(step -> step.attemptMoves().stream()).toList();
        Set<AttemptId> wanted =
                attemptMoves.stream().map(move -> move.after().id()).collect(Collectors.toSet());
        Set<AttemptId> won = attempts.move(attemptMoves, happened);
        if (!won.equals(wanted)) {
            wanted.removeAll(won);
            throw new NotAlone(wanted);
        }
        // After the ends: a job that is tried again has one live attempt at every moment.
        attempts.insert(made.stream().map(Step::intent).filter(Objects::nonNull).toList());
        events.append(happened);
        beforeCommit.accept(made);
        return new Made(made, Set.of(transaction));
    }
}
