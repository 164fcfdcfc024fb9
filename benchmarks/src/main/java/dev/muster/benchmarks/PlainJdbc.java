package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that submitting can cost: the same rows, into tables with the same columns, indexes and checks, in the same
 * database, with the same commits, and nothing else. The rows are copies of one that the service wrote.
 */
final class PlainJdbc implements AutoCloseable {
    private static final AtomicLong IDS = new AtomicLong();

    private final List<Connection> connections;
    private final Row job;
    private final Row event;

    /** A table, and the values of the columns that a writer gives. */
    private record Row(String table, Map<String, Object> values) {
        String insert() {
            return "insert into baseline.%s (%s) values (%s)"
                    .formatted(
                            table,
                            String.join(
                                    ", ",
                                    values.keySet().stream()
                                            .map(name -> '"' + name + '"')
                                            .toList()),
                            String.join(", ", Collections.nCopies(values.size(), "?")));
        }

        void bind(PreparedStatement statement, String idColumn, String id) throws SQLException {
            int i = 1;
            for (Map.Entry<String, Object> value : values.entrySet()) {
                statement.setObject(i++, value.getKey().equals(idColumn) ? id : value.getValue());
            }
        }
    }

    private PlainJdbc(List<Connection> connections, Row job, Row event) {
        this.connections = connections;
        this.job = job;
        this.event = event;
    }

    /** Connects to the embedded PostgreSQL of {@code data}, in which the service has written one job. */
    static PlainJdbc open(Path data, int lanes) throws SQLException, IOException {
        Database database = Database.of(data);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            connections.add(DriverManager.getConnection(database.url(), database.user(), database.password()));
        }
        try (Statement statement = connections.get(0).createStatement()) {
            statement.execute("drop schema if exists baseline cascade");
            statement.execute("create schema baseline");
            statement.execute("create table baseline.job (like public.job including all)");
            statement.execute("create table baseline.event (like public.event including all)");
            Row job = template(statement, "job", "select * from public.job limit 1");
            Row event = template(statement, "event", "select * from public.event where job is not null limit 1");
            for (Connection connection : connections) {
                connection.setAutoCommit(false);
            }
            return new PlainJdbc(connections, job, event);
        }
    }

    private static Row template(Statement statement, String table, String query) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("No row to copy in table " + table);
            }
            ResultSetMetaData columns = row.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                boolean given = !columns.isAutoIncrement(i)
                        && !columns.getColumnTypeName(i).equals("xid8")
                        && row.getObject(i) != null;
                if (given) {
                    values.put(columns.getColumnName(i), row.getObject(i));
                }
            }
        }
        if (table.equals("event")) {
            values.remove("id");
        }
        return new Row(table, values);
    }

    /** One job and its event, one commit. */
    List<OpenLoop.Lane> single() {
        return batches(1);
    }

    /** {@code size} jobs and their events, one commit. */
    List<OpenLoop.Lane> batches(int size) {
        return connections.stream()
                .<OpenLoop.Lane>map(connection -> request -> insert(connection, size))
                .toList();
    }

    private void insert(Connection connection, int size) throws SQLException {
        try (PreparedStatement jobs = connection.prepareStatement(job.insert());
                PreparedStatement events = connection.prepareStatement(event.insert())) {
            for (int i = 0; i < size; i++) {
                String id = String.format(Locale.ROOT, "%026d", IDS.incrementAndGet());
                job.bind(jobs, "id", id);
                event.bind(events, "job", id);
                if (size == 1) {
                    jobs.executeUpdate();
                    events.executeUpdate();
                } else {
                    jobs.addBatch();
                    events.addBatch();
                }
            }
            if (size > 1) {
                jobs.executeBatch();
                events.executeBatch();
            }
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connections.get(0).createStatement()) {
            statement.execute("drop schema baseline cascade");
            connections.get(0).commit();
        }
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
