package dev.muster.catalogue;

import dev.muster.postgres.JobCounts;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** The teams: what one names must be there, and none goes while queues or schedules are its own or its jobs are not final. */
@ApplicationScoped
public class Teams {
    private static final String KIND = "team";

    private final TeamStore store;
    private final QueueStore queues;
    private final PriorityClassStore priorityClasses;
    private final JobCounts counts;
    private final ScheduleStore schedules;
    private final InstantSource clock;

    Teams(
            TeamStore store,
            QueueStore queues,
            PriorityClassStore priorityClasses,
            JobCounts counts,
            ScheduleStore schedules,
            InstantSource clock) {
        this.schedules = schedules;
        this.store = store;
        this.queues = queues;
        this.priorityClasses = priorityClasses;
        this.counts = counts;
        this.clock = clock;
    }

    @Transactional
    public Written<Team> put(Team value, Edit edit) {
        Faults faults = new Faults();
        Place spec = Place.root(faults).at("spec");
        if (value.queue() != null && queues.find(value.queue()).isEmpty()) {
            spec.at("queue")
                    .fault(
                            Fault.Kind.UNKNOWN_REFERENCE,
                            "there is no queue '%s'".formatted(value.queue()),
                            "Create the queue first");
        }
        if (value.priorityClass() != null
                && priorityClasses.find(value.priorityClass()).isEmpty()) {
            spec.at("priorityClass")
                    .fault(
                            Fault.Kind.UNKNOWN_REFERENCE,
                            "there is no priority class '%s'".formatted(value.priorityClass()));
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
    public void delete(TeamName name, Edit edit) {
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

    private void refuseInUse(TeamName name) {
        queues.lock();
        long open = counts.of(name).entrySet().stream()
                .filter(entry -> !entry.getKey().isFinal())
                .mapToLong(entry -> entry.getValue())
                .sum();
        if (open > 0) {
            throw MusterException.inUse(KIND, name.value(), open + " jobs that are not final");
        }
        schedules.of(name).stream().findFirst().ifPresent(schedule -> {
            throw MusterException.inUse(KIND, name.value(), "schedule " + schedule);
        });
        queues.all().stream()
                .map(Versioned::value)
                .filter(queue -> name.equals(queue.team()))
                .findFirst()
                .ifPresent(queue -> {
                    throw MusterException.inUse(KIND, name.value(), "queue " + queue.name());
                });
    }
}
