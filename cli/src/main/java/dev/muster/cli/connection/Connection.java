package dev.muster.cli.connection;

import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Retries;
import java.net.URI;
import java.time.Duration;
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
}
