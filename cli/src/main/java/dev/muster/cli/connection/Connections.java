package dev.muster.cli.connection;

import dev.muster.cli.BadInput;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the service: options first, then the environment, then what a service here wrote down. */
public final class Connections {
    private Connections() {}

    public static Connection find(
            @Nullable String serverOption, @Nullable String tokenOption, Map<String, String> environment) {
        Home home = Home.of(environment);
        String token = first(tokenOption, environment.get("MUSTER_TOKEN"));
        if (serverOption != null) {
            return new Connection(parsed(serverOption, "--server"), token);
        }
        String told = first(environment.get("MUSTER_SERVER"), null);
        if (told != null) {
            return new Connection(parsed(told, "MUSTER_SERVER"), token);
        }
        Home.Running here = home.service()
                .orElseThrow(() -> new ServiceNotFound(home.file("service.json").toString()));
        return new Connection(here.url(), token == null ? home.token() : token);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        if (one != null && !one.isBlank()) {
            return one.strip();
        }
        return other == null || other.isBlank() ? null : other.strip();
    }

    private static URI parsed(String text, String where) {
        try {
            URI uri = URI.create(text.strip());
            if (uri.getScheme() != null && Set.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, for every form of wrong.
        }
        throw new BadInput(
                "Bad server address '%s' (%s): expected http://HOST:PORT or https://HOST".formatted(text, where));
    }
}
