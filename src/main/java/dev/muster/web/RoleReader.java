package dev.muster.web;

import dev.muster.api.RoleSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roles of a job: at least one pod in the gang, one leader at most, no name twice. */
final class RoleReader {
    private final Faults faults;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;

    /** {@code labels} and {@code annotations} are the job's: every pod gets them. */
    RoleReader(Faults faults, Map<String, String> labels, Map<String, String> annotations) {
        this.faults = faults;
        this.labels = labels;
        this.annotations = annotations;
    }

    List<Role> roles(Place place, @Nullable List<RoleSpec> sent) {
        if (sent == null || sent.isEmpty()) {
            place.required("at least one role");
            return List.of();
        }
        List<Role> roles = new ArrayList<>();
        Set<RoleName> names = new HashSet<>();
        List<RoleSpec> list = place.bounded(sent, Limits.ROLES);
        int before = faults.count();
        for (int i = 0; i < list.size(); i++) {
            Role role = role(place.at(i), list.get(i));
            if (role != null && !names.add(role.name())) {
                place.at(i).at("name").fault(Fault.Kind.DUPLICATE, "there are two roles '%s'".formatted(role.name()));
            }
            if (role != null) {
                roles.add(role);
            }
        }
        if (faults.count() == before && !list.isEmpty()) {
            together(place, roles);
        }
        return roles;
    }

    private void together(Place place, List<Role> roles) {
        if (roles.stream().filter(Role::leader).count() > 1) {
            place.fault(Fault.Kind.CONTRADICTION, "two roles are the leader: expected one at most");
        }
        if (roles.stream().allMatch(role -> role.minimum() == 0)) {
            place.fault(Fault.Kind.BAD_VALUE, "every role has min 0: a gang has at least one pod");
        }
        int pods = roles.stream().mapToInt(Role::maximum).sum();
        if (pods > Limits.PODS_OF_A_JOB) {
            place.fault(
                    Fault.Kind.TOO_MANY,
                    "%d pods in all: expected at most %d in one job".formatted(pods, Limits.PODS_OF_A_JOB));
        }
    }

    private @Nullable Role role(Place place, RoleSpec sent) {
        int before = faults.count();
        if (sent.name() == null) {
            place.at("name").required("the role's name");
        }
        RoleName name = place.at("name").read(sent.name(), RoleName::new);
        if (sent.count() != null && (sent.min() != null || sent.max() != null)) {
            place.at("count").fault(Fault.Kind.CONTRADICTION, "expected count, or min and max, not both");
        }
        boolean leader = Boolean.TRUE.equals(sent.leader());
        int minimum = Objects.requireNonNullElse(sent.count(), Objects.requireNonNullElse(sent.min(), 1));
        int maximum =
                Objects.requireNonNullElse(sent.count(), Objects.requireNonNullElse(sent.max(), Math.max(1, minimum)));
        pods(place, sent, minimum, maximum, leader);
        PodTemplate pod = PodReader.pod(place, sent, labels, annotations);
        return name == null || faults.count() > before ? null : new Role(name, minimum, maximum, leader, pod);
    }

    private static void pods(Place place, RoleSpec sent, int minimum, int maximum, boolean leader) {
        if (sent.count() != null) {
            place.at("count").between(sent.count(), 1, Role.MOST_PODS);
        } else if (place.at("min").between(minimum, 0, Role.MOST_PODS)
                && place.at("max").between(maximum, 1, Role.MOST_PODS)
                && maximum < minimum) {
            place.at("max").bad(maximum, "at least min, " + minimum);
        }
        if (leader && (minimum != 1 || maximum != 1)) {
            place.at("leader")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "a leader is one pod, this role has %d to %d".formatted(minimum, maximum));
        }
    }
}
