package dev.muster.submission;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.JobRequest;
import dev.muster.job.JobSpec;
import dev.muster.job.Life;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.offering.KeptOffSpot;
import dev.muster.spark.SparkJob;
import dev.muster.team.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What a job gets where it says nothing, and what its team adds to its roles. */
final class Defaults {
    /** A gang that has not started by then is released and tried again. */
    static final Duration START_DEADLINE = Duration.ofMinutes(10);
    /** How long pods may take to stop. */
    /** A session that is forgotten holds its nodes no longer than a lunch takes. */
    static final Duration IDLE_TIMEOUT = Duration.ofHours(2);

    static final Duration GRACE = Duration.ofSeconds(30);
    /** Who says what neither job, template nor team says. */
    private static final String SERVICE = "service";
    /** The terms of team and role are multiplied with each other; more than this is a mistake. */
    private static final int MOST_TERMS = 256;

    private final Team team;
    private final boolean leadersOnSpot;
    private final EventLogs eventLogs;

    /** {@code leadersOnSpot}: a role that leads may run on nodes that may be taken back. */
    Defaults(Team team, boolean leadersOnSpot, EventLogs eventLogs) {
        this.eventLogs = eventLogs;
        this.team = team;
        this.leadersOnSpot = leadersOnSpot;
    }

    JobSpec spec(JobRequest request, QueueName queue, PriorityClassName priorityClass, Place place) {
        SparkJob spark =
                eventLogs.isSaidFor(request) ? eventLogs.in(Objects.requireNonNull(request.spark())) : request.spark();
        List<Role> roles =
                spark == null || spark == request.spark() ? request.roles() : EventLogs.told(request.roles(), spark);
        return new JobSpec(
                request.name(),
                queue,
                priorityClass,
                roles(roles, place.at("spec").at("roles")),
                request.maxRunTime(),
                request.queueTimeout(),
                Objects.requireNonNullElse(request.startDeadline(), START_DEADLINE),
                Objects.requireNonNullElse(request.grace(), GRACE),
                request.notBefore(),
                request.retry(),
                request.completion(),
                request.labels(),
                request.annotations(),
                request.oneZone(),
                List.of(),
                spark,
                life(request).inheriting(inherited(request)),
                null,
                request.set());
    }

    private static Life life(JobRequest request) {
        Life life = request.life();
        return life.interactive() == null || life.idleTimeout() != null
                ? life
                : life.used(life.interactive(), IDLE_TIMEOUT);
    }

    /** Who says what the job does not say itself. */
    private Map<String, String> inherited(JobRequest request) {
        Map<String, String> all = new TreeMap<>();
        String ofTeam = "team " + team.name();
        if (request.queue() == null) {
            all.put("/queue", ofTeam);
        }
        if (request.priorityClass() == null) {
            all.put("/priorityClass", team.priorityClass() == null ? SERVICE : ofTeam);
        }
        if (request.startDeadline() == null) {
            all.put("/startDeadline", SERVICE);
        }
        if (request.grace() == null) {
            all.put("/grace", SERVICE);
        }
        if (request.life().interactive() != null && request.life().idleTimeout() == null) {
            all.put("/idleTimeout", SERVICE);
        }
        if (eventLogs.isSaidFor(request)) {
            List.of("enabled", "dir", "overwrite")
                    .forEach(key -> all.put("/spark/conf/" + EventLogs.KEYS + key, SERVICE));
        }
        for (Role role : request.roles()) {
            if (team.roles().containsKey(Team.EVERY_ROLE)
                    || team.roles().containsKey(role.name().value())) {
                all.put("/roles/%s/nodeAffinity".formatted(role.name()), "job and " + ofTeam);
                all.put("/roles/%s/tolerations".formatted(role.name()), "job and " + ofTeam);
            }
        }
        return all;
    }

    private List<Role> roles(List<Role> roles, Place place) {
        if (team.roles().isEmpty() && leadersOnSpot) {
            return roles;
        }
        List<Role> merged = new ArrayList<>(roles.size());
        for (int i = 0; i < roles.size(); i++) {
            Role role = merged(roles.get(i), team.roles().get(Team.EVERY_ROLE), place.at(i));
            merged.add(offSpot(merged(role, team.roles().get(role.name().value()), place.at(i))));
        }
        return merged;
    }

    /** Who loses its leader has lost everything. */
    private Role offSpot(Role role) {
        return leadersOnSpot || !role.leader() || KeptOffSpot.is(role.pod().affinity())
                ? role
                : new Role(
                        role.name(),
                        role.minimum(),
                        role.maximum(),
                        true,
                        role.pod().with(role.pod().affinity().and(KeptOffSpot.AFFINITY)));
    }

    private static Role merged(Role role, Team.@org.jspecify.annotations.Nullable RoleDefaults defaults, Place place) {
        if (defaults == null) {
            return role;
        }
        PodTemplate pod = role.pod();
        int terms = Math.max(1, pod.affinity().required().size())
                * Math.max(1, defaults.affinity().required().size());
        if (terms > MOST_TERMS) {
            place.at("nodeAffinity")
                    .fault(
                            Fault.Kind.TOO_MANY,
                            "together with the team's there are %d required terms: expected at most %d"
                                    .formatted(terms, MOST_TERMS));
            return role;
        }
        NodeAffinity affinity = defaults.affinity().and(pod.affinity());
        Set<Toleration> tolerations = new LinkedHashSet<>(defaults.tolerations());
        tolerations.addAll(pod.tolerations());
        PodTemplate template = new PodTemplate(
                pod.image(),
                pod.command(),
                pod.args(),
                pod.env(),
                pod.secretEnv(),
                pod.volumes(),
                pod.sharedMemory(),
                pod.resources(),
                affinity,
                List.copyOf(tolerations),
                pod.labels(),
                pod.annotations());
        return new Role(role.name(), role.minimum(), role.maximum(), role.leader(), template);
    }
}
