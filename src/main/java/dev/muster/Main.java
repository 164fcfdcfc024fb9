package dev.muster;

import dev.muster.embedded.DataDirectory;
import dev.muster.embedded.Postgres;
import dev.muster.embedded.PostgresOptions;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds the data directory, starts the embedded PostgreSQL before Quarkus, and ends it after Quarkus. */
@QuarkusMain
public final class Main {
    private static final CountDownLatch STOPPED = new CountDownLatch(1);

    private Main() {}

    /** Exit code 1: the service could not start; what to do is on standard error. */
    public static void main(String... arguments) {
        try {
            System.exit(run(arguments));
        } catch (IllegalStateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            // Not exit: nothing runs yet that must be ended, and what is logged before Quarkus is of no use to a
            // reader.
            Runtime.getRuntime().halt(1);
        }
    }

    private static int run(String... arguments) {
        Settings settings = settings();
        if (settings.clock() == Settings.ClockMode.REAL) {
            // On the virtual clock all of it is hot until it ends.
            SecondCompiler.onlyForThePlanner();
        }
        DataDirectory data = DataDirectory.open(settings.data());
        System.setProperty("muster.data", data.path().toString());
        Postgres postgres = settings.database() == Settings.Database.EMBEDDED ? start(data, settings) : null;
        // A signal runs the hooks, Quarkus' own and this one, at the same time: the database goes last.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(data, postgres), "muster-close"));
        int[] code = {0};
        try {
            Quarkus.run(
                    Service.class,
                    (exitCode, failure) -> {
                        code[0] = exitCode;
                        tell(failure);
                    },
                    arguments);
        } finally {
            STOPPED.countDown();
        }
        return code[0];
    }

    /** Whoever gives Quarkus a handler of the exit is the only one who learns why it could not start. */
    private static void tell(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            System.err.println((cause == failure ? "The service could not start: " : "  because: ") + cause);
        }
    }

    private static Postgres start(DataDirectory data, Settings settings) {
        Postgres postgres = Postgres.start(
                data.path().resolve("postgres"),
                new PostgresOptions(
                        settings.embedded().durable(), settings.embedded().restartAfter()));
        System.setProperty("quarkus.datasource.jdbc.url", postgres.url());
        System.setProperty("quarkus.datasource.username", Postgres.NAME);
        System.setProperty("quarkus.datasource.password", postgres.password());
        return postgres;
    }

    private static void close(DataDirectory data, @Nullable Postgres postgres) {
        try {
            STOPPED.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (postgres != null) {
            postgres.close();
        }
        data.close();
    }

    /** Before Quarkus there are only the system properties, the environment and what the service brings itself. */
    private static Settings settings() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withMapping(Settings.class)
                .withMappingIgnore("muster.**")
                .build();
        return config.getConfigMapping(Settings.class);
    }
}
