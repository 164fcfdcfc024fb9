package dev.muster.postgres;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Whether the database answers, which it is, and whether its tables are those of this version. */
@Singleton
public class DatabaseHealth {
    private final DataSource source;

    DatabaseHealth(DataSource source) {
        this.source = source;
    }

    /** What the database said of itself; {@code failure} is empty where it answered. */
    public record Seen(String failure, String version, int major, String revision, List<String> failedMigrations) {
        public Seen {
            failedMigrations = List.copyOf(failedMigrations);
        }
    }

    public Seen look() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            String revision = "0";
            List<String> failed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select version, success from flyway_schema_history where version is not null order by installed_rank")) {
                while (rows.next()) {
                    revision = rows.getString(1);
                    if (!rows.getBoolean(2)) {
                        failed.add(revision);
                    }
                }
            }
            return new Seen(
                    "",
                    connection.getMetaData().getDatabaseProductVersion(),
                    connection.getMetaData().getDatabaseMajorVersion(),
                    revision,
                    failed);
        } catch (SQLException e) {
            return new Seen(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), "", 0, "", List.of());
        }
    }
}
