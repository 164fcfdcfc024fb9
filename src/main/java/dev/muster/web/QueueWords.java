package dev.muster.web;

import dev.muster.api.QueueStatus;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A queue, from the wire and back. */
final class QueueWords {
    /** Largest weight: sums of a thousand of them stay far from overflow. */
    static final int HEAVIEST = 1_000_000;

    private QueueWords() {}

    static Queue read(Place place, dev.muster.api.Queue sent, QueueName name) {
        Named.check(place, sent.kind(), dev.muster.api.Queue.KIND, sent.metadata(), name.value());
        dev.muster.api.QueueSpec spec = Objects.requireNonNullElseGet(
                sent.spec(), () -> new dev.muster.api.QueueSpec(null, null, null, null, null, null, null));
        Place at = place.at("spec");
        int weight = Objects.requireNonNullElse(spec.weight(), 1);
        boolean weighs = at.at("weight").between(weight, 1, HEAVIEST);
        return new Queue(
                new QueueSpec(
                        name,
                        at.at("parent").read(spec.parent(), QueueName::new),
                        Amounts.any(at.at("guarantee"), spec.guarantee()),
                        Amounts.any(at.at("deserved"), spec.deserved()),
                        Amounts.limit(at.at("capability"), spec.capability()),
                        weighs ? weight : 1,
                        state(at.at("state"), spec.state()),
                        QueueParts.limits(at.at("limits"), spec.limits()),
                        QueueParts.weights(at.at("weights"), spec.weights()),
                        QueueParts.pools(at.at("pools"), spec.pools()),
                        Boolean.TRUE.equals(spec.fence())),
                at.at("team").read(spec.team(), TeamName::new));
    }

    static dev.muster.api.Queue view(Versioned<Queue> versioned, @Nullable QueueStatus status) {
        QueueSpec spec = versioned.value().spec();
        TeamName team = versioned.value().team();
        Resources capability = spec.capability();
        return new dev.muster.api.Queue(
                dev.muster.api.Queue.KIND,
                Named.metadata(spec.name().value(), versioned),
                new dev.muster.api.QueueSpec(
                        spec.parent() == null ? null : spec.parent().value(),
                        team == null ? null : team.value(),
                        PodView.some(Amounts.text(spec.guarantee())),
                        PodView.some(Amounts.text(spec.deserved())),
                        capability == null ? null : Amounts.text(capability),
                        spec.weight(),
                        spec.state().name(),
                        PodView.some(spec.weights()),
                        PodView.some(QueueParts.limits(spec.limits())),
                        PodView.some(QueueParts.pools(spec.pools())),
                        spec.fence() ? true : null),
                status);
    }

    private static QueueState state(Place place, @Nullable String sent) {
        if (sent == null) {
            return QueueState.OPEN;
        }
        return Arrays.stream(QueueState.values())
                .filter(state -> state.name().equals(sent))
                .findFirst()
                .orElseGet(() -> {
                    place.bad(MusterException.shown(sent), "OPEN, CLOSED or DRAINING");
                    return QueueState.OPEN;
                });
    }
}
