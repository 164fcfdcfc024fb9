package dev.muster.web;

import dev.muster.api.Attempt;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Changed;
import dev.muster.job.Losses;
import java.util.Comparator;
import java.util.List;

/** An attempt as it goes over the wire. */
final class AttemptView {
    private AttemptView() {}

    /** {@code pods} as the cluster shows them, or as they were seen last. */
    static Attempt of(dev.muster.job.Attempt attempt, List<PodStatus> pods, Losses losses, List<Changed> changes) {
        return new Attempt(
                attempt.id().number(),
                attempt.state().name(),
                JobView.outcome(attempt.outcome()),
                placements(attempt),
                PodView.some(pods.stream()
                        .sorted(Comparator.comparing(
                                        (PodStatus pod) -> pod.pod().role())
                                .thenComparingInt(pod -> pod.pod().index()))
                        .map(AttemptView::pod)
                        .toList()),
                attempt.createdAt(),
                attempt.startedAt(),
                attempt.endedAt(),
                PodView.some(losses.kinds().stream().map(AttemptView::end).toList()),
                losses.sentence().orElse(null),
                PodView.some(told(changes, attempt.id().number())));
    }

    private static List<Attempt.Placement> placements(dev.muster.job.Attempt attempt) {
        return attempt.placements().entrySet().stream()
                .flatMap(role -> role.getValue().entrySet().stream()
                        .map(pool -> new Attempt.Placement(
                                role.getKey().value(), pool.getKey().value(), pool.getValue())))
                .sorted(Comparator.comparing(Attempt.Placement::role).thenComparing(Attempt.Placement::pool))
                .toList();
    }

    /** Sentences about what that attempt does in another way than the one before it. */
    static List<String> told(List<Changed> changes, int number) {
        return changes.stream()
                .filter(change -> change.attempt() == number)
                .flatMap(change -> change.told().stream())
                .toList();
    }

    private static Attempt.End end(Losses.Kind kind) {
        return new Attempt.End(
                kind.role().value(),
                kind.cause().name(),
                kind.exitCode() < 0 ? null : kind.exitCode(),
                kind.count(),
                List.copyOf(kind.pools()),
                List.copyOf(kind.nodes()));
    }

    private static Attempt.Pod pod(PodStatus pod) {
        return new Attempt.Pod(
                pod.pod().toString(),
                pod.pod().role().value(),
                pod.pod().index(),
                pod.phase().name(),
                pod.pool().value(),
                pod.node() == null ? null : pod.node().value(),
                pod.startedAt(),
                pod.endedAt(),
                pod.exitCode(),
                pod.message().isEmpty() ? null : pod.message());
    }
}
