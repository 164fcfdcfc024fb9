package dev.muster.operation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cycle says is wrong with it, for the doctor. Safe for any thread. */
@ApplicationScoped
public class PlannerTrouble {
    private volatile Said said = new Said(null, List.of());

    /** {@code failure} is why the last cycle failed, null where it did not; {@code leftAside} is a line for each thing. */
    record Said(@Nullable String failure, List<String> leftAside) {}

    public void is(@Nullable String failure, List<String> leftAside) {
        said = new Said(failure, List.copyOf(leftAside));
    }

    Said said() {
        return said;
    }
}
