package dev.muster.cli.connection;

import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Retries;
import dev.muster.cli.BadInput;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service to talk to. */
public record Connection(URI server, @Nullable String token) {
    private static final Retries QUICK = new Retries(3, Duration.ofMillis(100), Duration.ofSeconds(2));
    private static final Retries PATIENT = new Retries(9, Duration.ofMillis(150), Duration.ofSeconds(5));

    /** For a person who waits: says soon that nobody answers. */
    public MusterClient client() {
        return new MusterClient(server, token, QUICK);
    }

    /** For what goes on for long: rides out a restart of the service. */
    public MusterClient patientClient() {
        return new MusterClient(server, token, PATIENT);
    }

    /** @throws BadInput where the text is no address; {@code where} it was given */
    public static URI parsed(String text, String where) {
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
