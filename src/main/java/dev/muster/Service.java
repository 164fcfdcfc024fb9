package dev.muster;

import dev.muster.access.FirstOperator;
import dev.muster.embedded.ServiceFile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.Config;

/** The running service: says where it is, then waits for its end. */
public final class Service implements QuarkusApplication {
    private final Settings settings;
    private final Config config;
    private final FirstOperator firstOperator;

    Service(Settings settings, Config config, FirstOperator firstOperator) {
        this.firstOperator = firstOperator;
        this.settings = settings;
        this.config = config;
    }

    @Override
    public int run(String... arguments) {
        String host = config.getValue("quarkus.http.host", String.class);
        int port = config.getValue("quarkus.http.port", Integer.class);
        String url = "http://%s:%d".formatted(host, port);
        ServiceFile.write(settings.data(), url);
        firstOperator.tell(url);
        Quarkus.waitForExit();
        return 0;
    }
}
