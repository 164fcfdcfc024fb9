package dev.muster;

import dev.muster.embedded.ServiceFile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.Config;

/** The running service: says where it is, then waits for its end. */
public final class Service implements QuarkusApplication {
    private final Settings settings;
    private final Config config;

    Service(Settings settings, Config config) {
        this.settings = settings;
        this.config = config;
    }

    @Override
    public int run(String... arguments) {
        String host = config.getValue("quarkus.http.host", String.class);
        int port = config.getValue("quarkus.http.port", Integer.class);
        ServiceFile.write(settings.data(), "http://%s:%d".formatted(host, port));
        Quarkus.waitForExit();
        return 0;
    }
}
