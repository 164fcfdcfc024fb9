package dev.muster.postgres;

import dev.muster.quota.name.TeamName;
import dev.muster.rights.Change;
import dev.muster.team.RushLeft;
import dev.muster.team.RushUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which jobs were submitted with a class that evicts others, by teams whose rush is counted. */
@ApplicationScoped
public class RushStore {
    private final Sql sql;
    private final RecordStore record;

    RushStore(Sql sql, RecordStore record) {
        this.sql = sql;
        this.record = record;
    }

    /** Nobody else submits with such a class for the team until the end of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lock(TeamName team) {
        sql.query("select pg_advisory_xact_lock(hashtext('muster rush ' || ?))::text", row -> "", team);
    }

    /** Those of the last week. */
    @Transactional
    public List<RushUse> uses(TeamName team, Instant now) {
        return sql.query(
                "select actor, at from rush_use where team = ? and at > ?",
                row -> new RushUse(row.getString("actor"), Instants.of(row, "at")),
                team,
                now.minus(RushLeft.WEEK));
    }

    /** The caller holds the {@link #lock}; what is older than any window goes. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void use(TeamName team, String actor, List<String> jobs, Instant now) {
        sql.update("delete from rush_use where team = ? and at <= ?", team, now.minus(RushLeft.WEEK));
        sql.batch(
                "insert into rush_use (team, actor, job, at) values (?, ?, ?, ?)",
                jobs,
                (parameters, job) -> parameters.text(team).text(actor).text(job).instant(now));
        record.append(new Change(
                now,
                actor,
                "RUSH_USED",
                team.value(),
                jobs.get(0),
                null,
                Json.write(Map.of("jobs", jobs.size())),
                null));
    }
}
