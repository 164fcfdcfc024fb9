package dev.muster.cycle;

import dev.muster.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A test instrument: where {@code muster.fault-at} names a point ({@code finish.released}, or {@code finish.released:3} for its
 * third passing), the process halts there at once, as by kill -9. Without that setting nothing happens.
 */
@ApplicationScoped
public class FaultInjection {
    /** How the process exits, as one that was killed. */
    static final int EXIT_CODE = 137;

    private final @Nullable FaultPoint at;
    private final AtomicInteger left;

    FaultInjection(Settings settings) {
        Optional<String> setting = settings.faultAt();
        String[] parts = setting.orElse("").split(":", 2);
        at = setting.isEmpty()
                ? null
                : FaultPoint.parse(parts[0])
                        .orElseThrow(() -> new IllegalArgumentException("Bad muster.fault-at '%s': expected one of %s"
                                .formatted(setting.get(), Arrays.toString(FaultPoint.values()))));
        left = new AtomicInteger(parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
    }

    /** The service passes this point. */
    public void passes(FaultPoint point) {
        if (point == at && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
