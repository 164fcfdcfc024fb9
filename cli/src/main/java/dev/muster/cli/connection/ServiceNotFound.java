package dev.muster.cli.connection;

/** Nobody said where the service is, and none runs here. */
public final class ServiceNotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceNotFound(String file) {
        super("No service runs here: there is no " + file);
    }
}
