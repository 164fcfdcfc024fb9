package dev.muster.submission;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.JobSpec;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.queue.QueueState;
import dev.muster.team.Team;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold between a job and what it names: queue, priority class, secrets, nodes. For the jobs of one request. */
final class Checks {
    private final Queues queues;
    private final Team team;
    private final Known.View known;
    private final Map<QueueName, Map<Gang, List<Reason>>> never = new HashMap<>();

    Checks(Queues queues, Team team, Known.View known) {
        this.queues = queues;
        this.team = team;
        this.known = known;
    }

    /** The queue if the team's jobs may wait there now; empty with a fault where not. */
    Optional<QueueName> queue(Place place, QueueName name) {
        Optional<Queues.Look> found = known.queue(name);
        if (found.isEmpty()) {
            place.fault(
                    Fault.Kind.UNKNOWN_REFERENCE,
                    "there is no queue '%s'".formatted(name),
                    "GET /api/v1/queues lists them; an admin creates one");
            return Optional.empty();
        }
        Queues.Look look = found.get();
        TeamName owner = look.team();
        if (!look.children().isEmpty()) {
            place.fault(
                    Fault.Kind.NOT_ALLOWED,
                    "queue '%s' has queues below it: jobs wait in leaves".formatted(name),
                    "Below it: "
                            + look.children().stream()
                                    .limit(10)
                                    .map(QueueName::value)
                                    .collect(Collectors.joining(", ")));
        } else if (owner != null && !owner.equals(team.name())) {
            place.fault(
                    Fault.Kind.NOT_ALLOWED,
                    "queue '%s' is for team '%s' only".formatted(name, owner),
                    "Name another queue");
        } else if (look.state() != QueueState.OPEN) {
            place.fault(
                    Fault.Kind.NOT_ALLOWED,
                    "queue '%s' is %s and takes no new jobs".formatted(name, look.state()),
                    "Name another queue, or wait until it is open");
        } else {
            return Optional.of(name);
        }
        return Optional.empty();
    }

    Optional<PriorityClass> priorityClass(Place place, PriorityClassName name) {
        PriorityClass found = known.classes().get(name);
        if (found != null && !team.mayHave(name)) {
            place.fault(
                    Fault.Kind.NOT_ALLOWED,
                    "team '%s' may not have the priority class '%s'".formatted(team.name(), name),
                    "An admin adds it to spec.priorityClasses of the team");
            return Optional.empty();
        }
        if (found == null) {
            place.fault(
                    Fault.Kind.UNKNOWN_REFERENCE,
                    "there is no priority class '%s'".formatted(name),
                    MusterException.didYouMean(
                            name.value(),
                            known.classes().keySet().stream()
                                    .map(PriorityClassName::value)
                                    .toList()));
        }
        return Optional.ofNullable(found);
    }

    /** Secrets that the team may not name. */
    void secrets(Place roles, List<Role> asked) {
        for (int i = 0; i < asked.size(); i++) {
            PodTemplate pod = asked.get(i).pod();
            for (int s = 0; s < pod.secretEnv().size(); s++) {
                secret(
                        roles.at(i).at("secretEnv").at(s).at("secret"),
                        pod.secretEnv().get(s).secret());
            }
            for (int v = 0; v < pod.volumes().size(); v++) {
                PodTemplate.Volume volume = pod.volumes().get(v);
                if (volume.kind() == PodTemplate.VolumeKind.SECRET) {
                    secret(roles.at(i).at("volumes").at(v).at("secret"), String.valueOf(volume.source()));
                }
            }
        }
    }

    /** What gangs have in common that can or can never run. */
    private record Gang(List<Ask> asks, boolean oneZone) {}

    /** A gang that would wait for ever is refused with the reason. */
    void everRuns(Place place, JobSpec spec) {
        List<Ask> asks = spec.roles().stream().map(Checks::ask).toList();
        List<Reason> reasons = never.computeIfAbsent(spec.queue(), q -> new HashMap<>())
                .computeIfAbsent(new Gang(asks, spec.oneZone()), gang -> known.queue(spec.queue())
                        .map(look -> queues.never(look, gang.asks(), gang.oneZone(), known.stamp()))
                        .orElse(List.of()));
        for (Reason reason : reasons) {
            boolean quota = reason.code() == ReasonCode.ABOVE_CAPABILITY;
            place.at("spec")
                    .at(quota ? "queue" : "roles")
                    .fault(
                            quota ? Fault.Kind.QUOTA_IMPOSSIBLE : Fault.Kind.PLACEMENT_IMPOSSIBLE,
                            "it would never run: " + reason.message(),
                            reason.hint());
        }
    }

    private static Ask ask(Role role) {
        return new Ask(
                role.name(),
                role.minimum(),
                role.maximum(),
                role.pod().resources(),
                role.pod().affinity(),
                role.pod().tolerations());
    }

    private void secret(Place place, String name) {
        if (!team.secrets().contains(name)) {
            place.fault(
                    Fault.Kind.NOT_ALLOWED,
                    "team '%s' may not use the secret '%s'".formatted(team.name(), MusterException.shown(name)),
                    "An admin adds it to spec.secrets of the team");
        }
    }
}
