package dev.muster.catalogue;

import dev.muster.job.JobState;
import dev.muster.postgres.JobCounts;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.queue.MoreQuota;
import dev.muster.queue.Queue;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTreeProblems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queue tree. It is checked whole at each write, with everybody else kept out: a tree that is there is always sound. */
@ApplicationScoped
public class Queues {
    private static final String KIND = "queue";

    /** What to do with a queue that is to go. */
    private static final String DRAIN =
            "Set its spec.state to CLOSED (what waits still runs) or DRAINING (nothing new starts: move or cancel what waits), "
                    + "and delete it when no job is left";

    private final QueueStore store;
    private final QuotaRequestStore requests;
    private final TeamStore teams;
    private final JobCounts counts;
    private final InstantSource clock;

    Queues(QueueStore store, QuotaRequestStore requests, TeamStore teams, JobCounts counts, InstantSource clock) {
        this.requests = requests;
        this.store = store;
        this.teams = teams;
        this.counts = counts;
        this.clock = clock;
    }

    @Transactional
    public Written<Queue> put(Queue value, Edit edit) {
        store.lock();
        List<Queue> all = store.all().stream().map(Versioned::value).toList();
        Faults faults = new Faults();
        Place spec = Place.root(faults).at("spec");
        if (value.team() != null && teams.find(value.team()).isEmpty()) {
            spec.at("team").fault(Fault.Kind.UNKNOWN_REFERENCE, "there is no team '%s'".formatted(value.team()));
        }
        tree(spec, value, all);
        Map<QueueName, MoreQuota> more = requests.more();
        if (faults.isEmpty() && !more.isEmpty()) {
            // Neither may it break what some have for a time.
            tree(spec, QueueStore.with(List.of(value), more).get(0), QueueStore.with(all, more));
        }
        QueueName parent = value.spec().parent();
        if (faults.isEmpty() && parent != null && waiting(parent) > 0) {
            spec.at("parent")
                    .fault(
                            Fault.Kind.NOT_ALLOWED,
                            "queue '%s' has %d jobs of its own that are not final: jobs wait in leaves"
                                    .formatted(parent, waiting(parent)),
                            "Move or cancel its jobs first, or name another parent");
        }
        faults.refuseIfAny();
        return Writing.put(
                KIND,
                value.name().value(),
                value,
                store.find(value.name()).orElse(null),
                edit,
                clock.instant(),
                store::put);
    }

    @Transactional
    public void delete(QueueName name, Edit edit) {
        store.lock();
        var present = store.find(name);
        if (present.isPresent()) {
            refuseInUse(name);
        }
        Writing.delete(
                KIND,
                name.value(),
                present,
                edit,
                clock.instant(),
                (expected, actor, now) -> store.delete(name, expected, actor, now));
    }

    /** What is wrong with the tree with the queue in it and was not before. */
    static void tree(Place spec, Queue value, List<Queue> all) {
        List<QueueSpec> before = all.stream().map(Queue::spec).toList();
        List<QueueSpec> after = new ArrayList<>(before);
        after.removeIf(other -> other.name().equals(value.name()));
        after.add(value.spec());
        Set<String> known = new HashSet<>(QueueTreeProblems.of(before));
        QueueName parent = value.spec().parent();
        boolean isDangling =
                parent != null && after.stream().noneMatch(other -> other.name().equals(parent));
        for (String problem : QueueTreeProblems.of(after)) {
            if (!known.contains(problem)) {
                Place at = isDangling || problem.contains("circle") ? spec.at("parent") : spec;
                at.fault(isDangling ? Fault.Kind.UNKNOWN_REFERENCE : Fault.Kind.CONTRADICTION, problem);
            }
        }
    }

    private void refuseInUse(QueueName name) {
        List<QueueName> children = store.children(name);
        if (!children.isEmpty()) {
            throw MusterException.inUse(KIND, name.value(), "the queues below it: " + children);
        }
        if (waiting(name) > 0) {
            throw MusterException.inUse(
                    KIND, name.value(), waiting(name) + " jobs that are not final" + states(name), DRAIN);
        }
        teams.all().stream()
                .map(Versioned::value)
                .filter(team -> name.equals(team.queue()))
                .findFirst()
                .ifPresent(team -> {
                    throw MusterException.inUse(KIND, name.value(), "team " + team.name() + " as its default");
                });
    }

    private long waiting(QueueName name) {
        return notFinal(name).mapToLong(Map.Entry::getValue).sum();
    }

    /** Such as {@code : 2 QUEUED, 1 RUNNING}. */
    private String states(QueueName name) {
        return notFinal(name)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", ": ", ""));
    }

    private Stream<Map.Entry<JobState, Long>> notFinal(QueueName name) {
        return counts.byQueue().getOrDefault(name, Map.of()).entrySet().stream()
                .filter(entry -> !entry.getKey().isFinal() && entry.getValue() > 0);
    }
}
