package dev.muster.cli.connection;

import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the service: options first, then the environment, then what a service here wrote down, then where somebody has signed in
 * to.
 */
public final class Connections {
    private Connections() {}

    public static Connection find(
            @Nullable String serverOption, @Nullable String tokenOption, Map<String, String> environment) {
        Home home = Home.of(environment);
        String token = first(tokenOption, environment.get("MUSTER_TOKEN"));
        if (serverOption != null) {
            return new Connection(Connection.parsed(serverOption, "--server"), token);
        }
        String told = first(environment.get("MUSTER_SERVER"), null);
        if (told != null) {
            return new Connection(Connection.parsed(told, "MUSTER_SERVER"), token);
        }
        Contexts contexts = Contexts.of(environment);
        String wanted = first(environment.get("MUSTER_CONTEXT"), null);
        Home.Running here = wanted == null ? home.service().orElse(null) : null;
        if (here != null) {
            return new Connection(here.url(), token == null ? home.token() : token);
        }
        Contexts.Known known = wanted == null ? contexts.present() : contexts.named(wanted);
        if (known == null) {
            throw new ServiceNotFound(home.file("service.json").toString());
        }
        return new Connection(known.server(), token == null ? contexts.token(known, InstantSource.system()) : token);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        if (one != null && !one.isBlank()) {
            return one.strip();
        }
        return other == null || other.isBlank() ? null : other.strip();
    }
}
