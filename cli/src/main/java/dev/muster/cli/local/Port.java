package dev.muster.cli.local;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port to listen on. */
public final class Port {
    private static final int LAST = 65_535;

    private Port() {}

    /** @throws BadInput where nobody could listen there now */
    public static void require(int port) {
        if (port < 0 || port > LAST) {
            throw new BadInput("Bad --port %d: expected 0 to %d".formatted(port, LAST));
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new BadInput(
                    "Port %d of 127.0.0.1 is taken: %s".formatted(port, e.getMessage()),
                    "Choose another: ./muster demo --port %d (0 is any free one)"
                            .formatted(port == LAST ? 8080 : port + 1));
        }
    }
}
