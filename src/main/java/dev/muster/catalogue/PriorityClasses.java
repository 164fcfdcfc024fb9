package dev.muster.catalogue;

import dev.muster.job.JobState;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PriorityClass;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalLong;

/** The priority classes: the default one stays, and none goes while a team or a job that is not final has it. */
@ApplicationScoped
public class PriorityClasses {
    /** The class of a job whose author and team name none. */
    public static final PriorityClassName DEFAULT = dev.muster.quota.priority.PriorityClasses.DEFAULT;

    private static final String KIND = "priority class";

    private final PriorityClassStore store;
    private final TeamStore teams;
    private final JobStore jobs;
    private final InstantSource clock;

    PriorityClasses(PriorityClassStore store, TeamStore teams, JobStore jobs, InstantSource clock) {
        this.store = store;
        this.teams = teams;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** A new installation has the four of the design; one that has any keeps what it has. */
    @Transactional
    void begin(@Observes StartupEvent start) {
        if (store.all().isEmpty()) {
            dev.muster.quota.priority.PriorityClasses.STANDARD.forEach(
                    value -> store.put(value, OptionalLong.empty(), "muster", clock.instant()));
        }
    }

    @Transactional
    public Written<PriorityClass> put(PriorityClass value, Edit edit) {
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
    public void delete(PriorityClassName name, Edit edit) {
        var present = store.find(name);
        present.ifPresent(versioned -> refuseInUse(versioned.value()));
        Writing.delete(
                KIND,
                name.value(),
                present,
                edit,
                clock.instant(),
                (expected, actor, now) -> store.delete(name, expected, actor, now));
    }

    private void refuseInUse(PriorityClass value) {
        String name = value.name().value();
        if (value.name().equals(DEFAULT)) {
            throw MusterException.inUse(KIND, name, "every job without a class: it is the default");
        }
        teams.all().stream()
                .map(Versioned::value)
                .filter(team -> value.name().equals(team.priorityClass()))
                .findFirst()
                .ifPresent(team -> {
                    throw MusterException.inUse(KIND, name, "team " + team.name());
                });
        EnumSet<JobState> open = EnumSet.noneOf(JobState.class);
        Arrays.stream(JobState.values()).filter(state -> !state.isFinal()).forEach(open::add);
        JobQuery query = JobQuery.newest(1).in(open).of(value.name()).by(JobQuery.Order.SUBMITTED, false);
        if (!jobs.list(query).jobs().isEmpty()) {
            throw MusterException.inUse(KIND, name, "jobs that are not final");
        }
    }
}
