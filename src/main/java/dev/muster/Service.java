package dev.muster;

import dev.muster.access.FirstOperator;
import dev.muster.embedded.ServiceFile;
import dev.muster.postgres.DatabaseUnavailable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** The running service: says where it is, then waits for its end. */
public final class Service implements QuarkusApplication {
    private static final Duration AGAIN = Duration.ofSeconds(1);

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
        tell(url);
        Quarkus.waitForExit();
        return 0;
    }

    /** A database that is away for a moment just now is no reason to end: then they are told when it is back. */
    private void tell(String url) {
        if (told(url)) {
            return;
        }
        Thread later = new Thread(
                () -> {
                    try {
                        do {
                            Thread.sleep(AGAIN.toMillis());
                        } while (!told(url));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "muster-first-operator");
        later.setDaemon(true);
        later.start();
    }

    private boolean told(String url) {
        try {
            firstOperator.tell(url);
            return true;
        } catch (RuntimeException e) {
            if (DatabaseUnavailable.in(e).isEmpty()) {
                throw e;
            }
            return false;
        }
    }
}
