package dev.muster.api.client;

import java.net.URI;

/** No answer: nobody listens there, the connection broke, or it took too long. What was asked may or may not have happened. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final URI server;

    Unreachable(URI server, Throwable cause) {
        super("No answer from %s: %s".formatted(server, cause), cause);
        this.server = server;
    }

    public URI server() {
        return server;
    }
}
