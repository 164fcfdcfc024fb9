package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.job.Attempt;
import dev.muster.postgres.AttemptStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may make which offering grow now, and who waits for that right. */
@ApplicationScoped
public class Permits {
    private static final String HOLDERS = "holders.";

    private final Board board;
    private final AttemptStore attempts;

    Permits(Board board, AttemptStore attempts) {
        this.board = board;
        this.attempts = attempts;
    }

    /** The permits of one offering. */
    public record Line(Offering offering, List<Holding> holders, List<Waiting> waiting) {}

    /** A gang that waits for so many nodes; {@code bound} of {@code pods} have theirs; at {@code until} it gives all of it back. */
    public record Holding(JobId job, QueueName queue, int nodes, int bound, int pods, Instant since, Instant until) {}

    /** A job that would fit with more nodes of it. */
    public record Waiting(JobId job, QueueName queue, int priority, Instant since) {}

    /** Offerings that somebody holds a permit of, or waits for; empty where nothing was planned here. */
    public List<Line> now() {
        return board.view()
                .map(view -> lines(
                        attempts.withPermits(),
                        view.snapshot().live(),
                        view.snapshot().pending(),
                        job -> view.decision(job)
                                .map(decision ->
                                        decision instanceof Decision.Hold hold ? hold.all() : List.<Reason>of())
                                .orElse(List.of())))
                .orElse(List.of());
    }

    static List<Line> lines(
            Collection<Attempt> asking,
            Collection<LiveAttempt> live,
            Collection<PendingJob> pending,
            Function<JobId, List<Reason>> reasons) {
        SortedMap<Offering, List<Holding>> holders = new TreeMap<>();
        Map<AttemptId, LiveAttempt> seen =
                live.stream().collect(Collectors.toMap(LiveAttempt::id, Function.identity(), (one, other) -> one));
        for (Attempt attempt : asking) {
            LiveAttempt planned = seen.get(attempt.id());
            if (planned != null && bound(planned) < pods(planned)) {
                for (Permit permit : attempt.permits()) {
                    holders.computeIfAbsent(permit.offering(), offering -> new ArrayList<>())
                            .add(new Holding(
                                    attempt.id().job(),
                                    planned.queue(),
                                    permit.nodes(),
                                    bound(planned),
                                    pods(planned),
                                    attempt.createdAt(),
                                    attempt.createdAt().plus(permit.deadline())));
                }
            }
        }
        SortedMap<Offering, List<Waiting>> waiting = new TreeMap<>();
        for (PendingJob job : pending) {
            for (Reason reason : reasons.apply(job.id())) {
                if (reason.code() == ReasonCode.PERMIT_OF_OTHERS) {
                    reason.numbers().keySet().stream()
                            .filter(key -> key.startsWith(HOLDERS))
                            .map(key -> Offering.parse(key.substring(HOLDERS.length())))
                            .forEach(offering -> waiting.computeIfAbsent(offering, one -> new ArrayList<>())
                                    .add(new Waiting(job.id(), job.queue(), job.priority(), job.since())));
                }
            }
        }
        SortedMap<Offering, Line> lines = new TreeMap<>();
        holders.forEach((offering, held) ->
                lines.put(offering, new Line(offering, List.copyOf(held), waiting.getOrDefault(offering, List.of()))));
        waiting.forEach(
                (offering, waits) -> lines.putIfAbsent(offering, new Line(offering, List.of(), List.copyOf(waits))));
        return List.copyOf(lines.values());
    }

    private static int bound(LiveAttempt attempt) {
        return attempt.pods().stream()
                .filter(held -> held.node() != null)
                .mapToInt(LiveAttempt.Held::count)
                .sum();
    }

    private static int pods(LiveAttempt attempt) {
        return attempt.pods().stream().mapToInt(LiveAttempt.Held::count).sum();
    }
}
