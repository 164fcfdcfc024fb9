package dev.muster.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/** Gives the service a database that an earlier version has left, instead of an empty one. */
public final class EarlierDatabase implements QuarkusTestResourceLifecycleManager {
    /** An argument: the dump, as a path in the test resources. */
    public static final String DUMP = "dump";

    private String dump;

    @Override
    public void init(Map<String, String> arguments) {
        dump = arguments.get(DUMP);
    }

    /** After {@link TestDatabase}, whose database it replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = TestDatabase.empty();
        try (Connection connection = DriverManager.getConnection(
                        settings.get("quarkus.datasource.jdbc.url"),
                        settings.get("quarkus.datasource.username"),
                        settings.get("quarkus.datasource.password"));
                Statement statement = connection.createStatement();
                InputStream text = Objects.requireNonNull(getClass().getResourceAsStream(dump), dump)) {
            statement.execute(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException("The dump " + dump + " cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    @Override
    public void stop() {}
}
