package dev.muster.postgres;

import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingHour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How offerings did, hour by hour. */
@ApplicationScoped
public class OfferingHourStore {
    private static final String ADD = """
            insert into offering_hour (offering, hour, came, failed, lost, node_seconds, open_seconds, half_open_seconds)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (offering, hour) do update set
                came = offering_hour.came + excluded.came, failed = offering_hour.failed + excluded.failed,
                lost = offering_hour.lost + excluded.lost, node_seconds = offering_hour.node_seconds + excluded.node_seconds,
                open_seconds = offering_hour.open_seconds + excluded.open_seconds,
                half_open_seconds = offering_hour.half_open_seconds + excluded.half_open_seconds""";

    private final Sql sql;

    OfferingHourStore(Sql sql) {
        this.sql = sql;
    }

    /** Adds to what is known of these hours, and forgets those before {@code keptFrom}. */
    @Transactional
    public void add(List<OfferingHour> some, Instant keptFrom) {
        sql.batch(ADD, some, (row, each) -> row.text(each.offering())
                .instant(each.hour())
                .number((long) each.came())
                .number((long) each.failed())
                .number((long) each.lost())
                .number(each.ran().toSeconds())
                .number(each.open().toSeconds())
                .number(each.halfOpen().toSeconds()));
        sql.update("delete from offering_hour where hour < ?", keptFrom);
    }

    /** By offering and hour; hours in which nothing was are absent. */
    @Transactional
    public List<OfferingHour> between(Instant from, Instant to) {
        return sql.query(
                "select offering, hour, came, failed, lost, node_seconds, open_seconds, half_open_seconds from offering_hour"
                        + " where hour >= date_trunc('hour', ?::timestamptz, 'UTC') and hour < ? order by offering, hour",
                OfferingHourStore::row,
                from,
                to);
    }

    private static OfferingHour row(ResultSet row) throws SQLException {
        return new OfferingHour(
                Offering.parse(row.getString(1)),
                Instants.of(row, 2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                Duration.ofSeconds(row.getLong(6)),
                Duration.ofSeconds(row.getLong(7)),
                Duration.ofSeconds(row.getLong(8)));
    }
}
