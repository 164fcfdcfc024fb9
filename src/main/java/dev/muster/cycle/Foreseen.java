package dev.muster.cycle;

import dev.muster.job.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** What will be asked for soon, as told by who knows the schedules. Replaced as a whole; nothing until it is told. */
@ApplicationScoped
public class Foreseen {
    private volatile List<Gang> gangs = List.of();

    /** The pods of a job that is not there yet, and when it comes. */
    public record Gang(Instant at, List<Role> roles) {
        public Gang {
            roles = List.copyOf(roles);
        }
    }

    public void set(List<Gang> seen) {
        gangs = List.copyOf(seen);
    }

    public List<Gang> gangs() {
        return gangs;
    }
}
