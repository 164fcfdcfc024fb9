package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.quota.name.TeamName;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The schedules and how each stands. */
@ApplicationScoped
public class ScheduleStore {
    private static final String STANDING =
            "select name, last_tick, look_at, watermark, failures, paused_at, paused_by, paused_why from schedule ";

    private final SpecTable<ScheduleRow, Schedule> table;
    private final Sql sql;
    private final EventStore events;

    ScheduleStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
        this.table = new SpecTable<>(
                ScheduleRow.class,
                ScheduleRow::new,
                Schedule.class,
                value -> value.name().value(),
                (row, value) -> row.team = value.team().value(),
                EventType.SCHEDULE_CHANGED,
                sql,
                events);
    }

    @Transactional
    public Optional<Versioned<Schedule>> find(ScheduleName name) {
        return table.get(name.value());
    }

    /** All, by name. */
    @Transactional
    public List<Versioned<Schedule>> all() {
        return table.all();
    }

    /** Those of a team, by name. */
    @Transactional
    public List<ScheduleName> of(TeamName team) {
        return sql.query(
                "select name from schedule where team = ? order by name",
                row -> new ScheduleName(row.getString(1)),
                team);
    }

    /** Creates or replaces; empty where the version is not the expected one (0: must not exist yet; empty: any). */
    @Transactional
    public Optional<Versioned<Schedule>> put(Schedule value, OptionalLong expected, String actor, Instant now) {
        return table.put(value, expected, actor, now);
    }

    /** False where there is none, or not of the expected version (empty: any). */
    @Transactional
    public boolean delete(ScheduleName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(name.value(), expected, actor, now);
    }

    /** How it stands, held until the end of the current transaction: nobody else moves it meanwhile. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Standing> hold(ScheduleName name) {
        return sql.query(STANDING + "where name = ? for no key update", ScheduleStore::standing, name).stream()
                .findFirst();
    }

    @Transactional
    public Optional<Standing> standing(ScheduleName name) {
        return sql.query(STANDING + "where name = ?", ScheduleStore::standing, name).stream()
                .findFirst();
    }

    @Transactional
    public Map<ScheduleName, Standing> standings() {
        Map<ScheduleName, Standing> all = new LinkedHashMap<>();
        sql.query(STANDING + "order by name", row -> Map.entry(new ScheduleName(row.getString("name")), standing(row)))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** Writes how it stands. The caller holds it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void stand(ScheduleName name, Standing standing) {
        stand(Map.of(name, standing));
    }

    /** The same of several. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void stand(Map<ScheduleName, Standing> standings) {
        sql.batch(
                "update schedule set last_tick = ?, look_at = ?, watermark = ?, failures = ?, paused_at = ?, paused_by = ?,"
                        + " paused_why = ? where name = ?",
                List.copyOf(standings.entrySet()),
                (parameters, one) -> {
                    Standing standing = one.getValue();
                    Standing.Pause pause = standing.pause();
                    parameters
                            .instant(standing.lastTick())
                            .instant(standing.lookAt())
                            .instant(standing.watermark())
                            .number(standing.failures())
                            .instant(pause == null ? null : pause.at())
                            .text(pause == null ? null : pause.actor())
                            .text(pause == null ? null : pause.why())
                            .text(one.getKey());
                });
    }

    /** Tells that it was paused, or ({@code why} of going on) resumed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void recordPause(Schedule schedule, boolean paused, String actor, String why, Instant now) {
        events.append(List.of(new Event(
                now,
                EventType.SCHEDULE_PAUSED,
                actor,
                schedule.team(),
                null,
                schedule.name().value(),
                null,
                paused ? null : "PAUSED",
                paused ? "PAUSED" : null,
                Why.of(paused ? "PAUSED" : "RESUMED", why))));
    }

    /** The number of the next run by hand. The caller holds it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int nextByHand(ScheduleName name) {
        return sql.query(
                        "update schedule set by_hand = by_hand + 1 where name = ? returning by_hand",
                        row -> row.getInt(1),
                        name)
                .get(0);
    }

    /** The time of the database, which is the same for every replica, whatever their clocks say. */
    @Transactional
    public Instant now() {
        return sql.query("select clock_timestamp()", row -> Instants.of(row, 1)).get(0);
    }

    /** What the column {@code spec} says; one that was read before is not read again. */
    Schedule schedule(String spec) {
        return table.value(spec);
    }

    static Standing standing(ResultSet row) throws SQLException {
        Instant pausedAt = Instants.orNull(row, "paused_at");
        Instant lastTick = Instants.orNull(row, "last_tick");
        return new Standing(
                lastTick == null ? Instant.EPOCH : lastTick,
                Instants.orNull(row, "look_at"),
                Instants.orNull(row, "watermark"),
                row.getInt("failures"),
                pausedAt == null
                        ? null
                        : new Standing.Pause(row.getString("paused_by"), row.getString("paused_why"), pausedAt));
    }
}
