package dev.muster.web;

import dev.muster.api.InteractiveSpec;
import dev.muster.api.JobSpec;
import dev.muster.cluster.PageRequest;
import dev.muster.job.Interactive;
import dev.muster.job.Role;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.RoleName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a person uses a job, and when it is idle. */
final class InteractiveReader {
    /** Shorter, and a page that somebody reads would end before it is read. Use is kept by the five seconds. */
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private static final int PORTS = 65_535;

    private InteractiveReader() {}

    /** Null where it is none, or where there was a fault. */
    static @Nullable Interactive read(Place spec, JobSpec sent, List<Role> roles) {
        InteractiveSpec interactive = sent.interactive();
        if (interactive == null) {
            return null;
        }
        Place place = spec.at("interactive");
        RoleName serves = serving(place, roles);
        if (sent.array() != null) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "nobody uses the children of an array",
                    "Leave out array, or interactive");
        }
        if (Boolean.TRUE.equals(sent.endless())) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "a session ends when nobody uses it, and a job without an end never",
                    "Leave out endless, or interactive");
        }
        if (interactive.port() == null) {
            place.at("port").required("the port that its page is served at");
        } else {
            place.at("port").between(interactive.port(), 1, PORTS);
        }
        String path = Objects.requireNonNullElse(interactive.path(), "/");
        try {
            new PageRequest(1, path, Map.of());
        } catch (IllegalArgumentException e) {
            place.at("path").bad(path, "an address below the page that begins with '/', without '.' and '..' as parts");
        }
        return serves == null || interactive.port() == null
                ? null
                : new Interactive(serves, interactive.port(), path, Boolean.TRUE.equals(interactive.keepPath()));
    }

    /** The leader, or the only role. */
    private static @Nullable RoleName serving(Place place, List<Role> roles) {
        if (roles.size() == 1) {
            return roles.get(0).name();
        }
        RoleName leader =
                roles.stream().filter(Role::leader).map(Role::name).findFirst().orElse(null);
        if (leader == null) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "of %d roles none is the leader, which serves the page".formatted(roles.size()),
                    "Say leader: true of the role that serves it");
        }
        return leader;
    }

    /** Null where none is said: the service has one for sessions. */
    static @Nullable Duration idleTimeout(Place spec, JobSpec sent) {
        Place place = spec.at("idleTimeout");
        Duration idle = place.read(sent.idleTimeout(), DurationText::parse);
        if (idle != null && sent.interactive() == null) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "only of a session is it seen whether anybody uses it",
                    "Say interactive with its port, or use maxRunTime");
        }
        if (idle != null && idle.compareTo(SHORTEST) < 0) {
            place.bad(sent.idleTimeout(), "at least " + DurationText.format(SHORTEST));
        }
        return idle;
    }

    static @Nullable InteractiveSpec words(@Nullable Interactive interactive) {
        return interactive == null
                ? null
                : new InteractiveSpec(interactive.port(), interactive.path(), interactive.keepsPath() ? true : null);
    }
}
