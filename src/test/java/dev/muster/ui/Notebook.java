package dev.muster.ui;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What a session serves. Its process tells the port that was given to it and leaves that to the test, so that no other program is needed. */
final class Notebook implements AutoCloseable {
    static final String COMMAND = "echo $MUSTER_PAGE_PORT; exec sleep 900";
    private static final String HEADING = "A notebook that runs";
    /** It names an icon: else the browser would ask the service for one, from nowhere, and be refused. */
    private static final byte[] PAGE =
            ("<!DOCTYPE html><html lang=\"en\"><title>Notebook</title><link rel=\"icon\" href=\"data:,\"><h1>" + HEADING
                            + "</h1>")
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    private Notebook(HttpServer server) {
        this.server = server;
    }

    /** {@code output}: of the process. */
    static Notebook at(String output) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(output.strip())), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        server.start();
        return new Notebook(server);
    }

    /** What one reads there. */
    String heading() {
        return HEADING;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
