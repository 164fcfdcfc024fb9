package dev.muster.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives every @QuarkusTest a real PostgreSQL and a data directory of its own, without being asked: one throwaway server in
 * each JVM, one database for each start of the service.
 */
public class TestDatabase implements QuarkusTestResourceLifecycleManager {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private DataDirectory data;

    @Override
    public Map<String, String> start() {
        data = DataDirectory.open(temporary("muster-data"));
        Map<String, String> settings = new HashMap<>(empty());
        settings.put("muster.data", data.path().toString());
        return settings;
    }

    /** A new database, as settings of the service. */
    public static Map<String, String> empty() {
        String name = "test_" + DATABASES.incrementAndGet();
        Postgres server = Server.ONE;
        try (Connection connection = DriverManager.getConnection(server.url(), Postgres.NAME, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "muster.database",
                "EXTERNAL",
                "quarkus.datasource.jdbc.url",
                server.url().replaceAll("/[^/]*$", "/" + name),
                "quarkus.datasource.username",
                Postgres.NAME,
                "quarkus.datasource.password",
                server.password());
    }

    @Override
    public void stop() {
        try {
            data.close();
            Trees.delete(data.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when the first test asks, ended with the JVM. */
    private static final class Server {
        static final Postgres ONE = Postgres.start(temporary("muster-postgres"), PostgresOptions.THROWAWAY);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
        }
    }
}
