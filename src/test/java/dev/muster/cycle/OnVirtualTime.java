package dev.muster.cycle;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service plans, and its time goes from event to event. */
public class OnVirtualTime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("muster.clock", "VIRTUAL", "muster.cycle.enabled", "true");
    }
}
