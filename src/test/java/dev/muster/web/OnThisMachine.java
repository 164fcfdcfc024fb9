package dev.muster.web;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service plans, and pods may be processes of this machine. */
public class OnThisMachine implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("muster.cycle.enabled", "true", "muster.local-processes.allowed", "true");
    }
}
