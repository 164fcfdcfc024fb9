package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Plain SQL in the transaction of the caller, for what is set-based: batches, compare-and-set, the feed. */
@ApplicationScoped
class Sql {
    private final StatelessSession session;

    Sql(StatelessSession session) {
        this.session = session;
    }

    /** Runs the statement once for every item, in few round trips; returns how many rows each has touched. */
    <T> int[] batch(String sql, List<T> items, Binder<T> binder) {
        if (items.isEmpty()) {
            return new int[0];
        }
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (T item : items) {
                    binder.bind(new Parameters(statement), item);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** How many rows were touched. */
    int update(String sql, @Nullable Object... values) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                new Parameters(statement).values(values);
                return statement.executeUpdate();
            }
        });
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... values) {
        List<T> all = new ArrayList<>();
        each(sql, row -> all.add(reader.read(row)), values);
        return all;
    }

    /** Row by row, so that any number of them needs the memory of a thousand. */
    void each(String sql, RowSeen seen, Object... values) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                new Parameters(statement).values(values);
                statement.setFetchSize(1_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        seen.row(rows);
                    }
                }
            }
        });
    }

    /** Sets the parameters for one item. */
    @FunctionalInterface
    interface Binder<T> {
        void bind(Parameters parameters, T item) throws SQLException;
    }

    /** Looks at the present row. */
    @FunctionalInterface
    interface RowSeen {
        void row(ResultSet row) throws SQLException;
    }

    /** Reads the present row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
