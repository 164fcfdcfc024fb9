package dev.muster.cli.connection;

import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Retries;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A service to talk to; {@code said} tells where its address was found, for when nobody answers. */
public record Connection(
        URI server,
        @Nullable String token,
        String said,
        @Nullable Path home) {
    public MusterClient client() {
        return new MusterClient(server, token, Retries.DEFAULT);
    }
}
