package dev.muster.access;

import static dev.muster.access.Resource.Kind.ACCOUNT;
import static dev.muster.access.Resource.Kind.CLOCK;
import static dev.muster.access.Resource.Kind.CLUSTER;
import static dev.muster.access.Resource.Kind.EVENT;
import static dev.muster.access.Resource.Kind.GRANT;
import static dev.muster.access.Resource.Kind.JOB;
import static dev.muster.access.Resource.Kind.METRICS;
import static dev.muster.access.Resource.Kind.ONESELF;
import static dev.muster.access.Resource.Kind.PLANNER;
import static dev.muster.access.Resource.Kind.POLICY;
import static dev.muster.access.Resource.Kind.POOL;
import static dev.muster.access.Resource.Kind.PRIORITY_CLASS;
import static dev.muster.access.Resource.Kind.QUEUE;
import static dev.muster.access.Resource.Kind.QUOTA_REQUEST;
import static dev.muster.access.Resource.Kind.RECORD;
import static dev.muster.access.Resource.Kind.SCHEDULE;
import static dev.muster.access.Resource.Kind.SERVICE;
import static dev.muster.access.Resource.Kind.TEAM;
import static dev.muster.access.Resource.Kind.TOKEN;
import static dev.muster.access.Verb.CANCEL;
import static dev.muster.access.Verb.CHECKPOINT;
import static dev.muster.access.Verb.DELETE;
import static dev.muster.access.Verb.LIST;
import static dev.muster.access.Verb.PATCH;
import static dev.muster.access.Verb.PUT;
import static dev.muster.access.Verb.READ;
import static dev.muster.access.Verb.RERUN;
import static dev.muster.access.Verb.RESUME;
import static dev.muster.access.Verb.RUN;
import static dev.muster.access.Verb.SUBMIT;
import static dev.muster.access.Verb.SUSPEND;
import static dev.muster.rights.Duty.AUDITOR;
import static dev.muster.rights.Duty.OPERATOR;
import static dev.muster.rights.Duty.QUOTA_ADMIN;
import static dev.muster.rights.Duty.SUBMITTER;
import static dev.muster.rights.Duty.TEAM_ADMIN;
import static dev.muster.rights.Duty.VIEWER;

import dev.muster.rights.Duty;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which duty may do what with which kind of thing. Operators may do everything; what is not named here, nobody else may: a
 * new kind of thing, or a new verb, is the operators' until it gets a row.
 */
final class DutyTable {
    private static final Set<Verb> LOOK = Set.of(LIST, READ);
    private static final Set<Verb> WRITE = Set.of(PUT, DELETE);
    private static final Set<Duty> EVERYBODY = Set.of(Duty.values());

    /** The table. Of several rows that name the same, the widest holds. */
    static final List<Row> ROWS = List.of(
            // To find one's way; says nothing about anybody's jobs.
            new Row(Set.of(POOL, PRIORITY_CLASS, CLOCK, SERVICE, ONESELF), LOOK, EVERYBODY, Reach.ANYWHERE),
            new Row(
                    Set.of(TEAM, QUEUE, JOB, SCHEDULE, EVENT),
                    LOOK,
                    Set.of(VIEWER, SUBMITTER, TEAM_ADMIN, QUOTA_ADMIN, AUDITOR),
                    Reach.WITHIN),
            new Row(
                    Set.of(JOB),
                    Set.of(SUBMIT, RERUN, PATCH, DELETE, SUSPEND, RESUME, CANCEL, CHECKPOINT),
                    Set.of(SUBMITTER, TEAM_ADMIN),
                    Reach.WITHIN),
            new Row(
                    Set.of(SCHEDULE),
                    Set.of(PUT, DELETE, SUSPEND, RESUME, RUN, SUBMIT, CANCEL),
                    Set.of(SUBMITTER, TEAM_ADMIN),
                    Reach.WITHIN),
            new Row(Set.of(QUEUE), WRITE, Set.of(QUOTA_ADMIN), Reach.WITHIN),
            new Row(
                    Set.of(QUOTA_REQUEST),
                    LOOK,
                    Set.of(VIEWER, SUBMITTER, TEAM_ADMIN, QUOTA_ADMIN, AUDITOR),
                    Reach.WITHIN),
            // Asking and taking back what was asked; granting, declining, and ending what is in force.
            new Row(Set.of(QUOTA_REQUEST), Set.of(SUBMIT, CANCEL), Set.of(TEAM_ADMIN), Reach.WITHIN),
            new Row(Set.of(QUOTA_REQUEST), WRITE, Set.of(QUOTA_ADMIN), Reach.WITHIN),
            // Whose grants, and of which duties: see Grants.
            new Row(Set.of(GRANT), LOOK, Set.of(TEAM_ADMIN, QUOTA_ADMIN, AUDITOR), Reach.WITHIN),
            new Row(Set.of(GRANT), WRITE, Set.of(TEAM_ADMIN, QUOTA_ADMIN), Reach.WITHIN),
            // One's own; those of others only for operators.
            new Row(Set.of(TOKEN), Set.of(LIST, READ, PUT, DELETE), EVERYBODY, Reach.ANYWHERE),
            new Row(Set.of(POLICY, PLANNER), LOOK, Set.of(VIEWER, QUOTA_ADMIN, AUDITOR), Reach.EVERYWHERE),
            new Row(Set.of(CLUSTER, METRICS, RECORD, ACCOUNT), LOOK, Set.of(AUDITOR), Reach.EVERYWHERE));

    private static final Map<Resource.Kind, Map<Verb, Map<Duty, Reach>>> CELLS = cells();

    private DutyTable() {}

    /** One row: each of these duties may do each of these verbs with each of these kinds. */
    record Row(Set<Resource.Kind> kinds, Set<Verb> verbs, Set<Duty> duties, Reach reach) {}

    /** How far a duty reaches; the later the wider. */
    enum Reach {
        /** Not at all. */
        NO,
        /** Only where it is held for everything. */
        EVERYWHERE,
        /** With what is within the scope that it is held for. */
        WITHIN,
        /** Whatever the scope that it is held for. */
        ANYWHERE
    }

    static Reach reach(Duty duty, Verb verb, Resource.Kind kind) {
        if (duty == OPERATOR) {
            return Reach.ANYWHERE;
        }
        Map<Verb, Map<Duty, Reach>> verbs = CELLS.get(kind);
        Map<Duty, Reach> duties = verbs == null ? null : verbs.get(verb);
        Reach reach = duties == null ? null : duties.get(duty);
        return reach == null ? Reach.NO : reach;
    }

    private static Map<Resource.Kind, Map<Verb, Map<Duty, Reach>>> cells() {
        Map<Resource.Kind, Map<Verb, Map<Duty, Reach>>> cells = new EnumMap<>(Resource.Kind.class);
        for (Row row : ROWS) {
            for (Resource.Kind kind : row.kinds()) {
                for (Verb verb : row.verbs()) {
                    Map<Duty, Reach> duties = cells.computeIfAbsent(kind, of -> new EnumMap<>(Verb.class))
                            .computeIfAbsent(verb, of -> new EnumMap<>(Duty.class));
                    EnumSet.copyOf(row.duties())
                            .forEach(duty -> duties.merge(
                                    duty, row.reach(), (one, other) -> one.compareTo(other) > 0 ? one : other));
                }
            }
        }
        return cells;
    }
}
