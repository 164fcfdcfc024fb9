package dev.muster.postgres;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Change;
import dev.muster.rights.Duty;
import dev.muster.rights.GivenGrant;
import dev.muster.rights.Grant;
import dev.muster.rights.Held;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who was given which duty, and what its scope reaches in the teams and the tree of queues as they are. */
@ApplicationScoped
public class GrantStore {
    /** A scope of a queue reaches all below it; one of a team the queue that its jobs go to. Other scopes have one row, without. */
    private static final String HELD = """
            with recursive given (duty, scope) as (select duty, scope from duty_grant where subject = ?
                union select * from unnest(?::text[], ?::text[])),
            reached (scope, queue) as (
                select distinct scope, substr(scope, 7) from given where scope like 'queue/%'
                union select distinct given.scope, team.spec ->> 'queue' from given
                    join team on given.scope = 'team/' || team.name where team.spec ->> 'queue' is not null
                union select reached.scope, queue.name from reached join queue on queue.parent = reached.queue
                    where reached.scope like 'queue/%')
            select given.duty, given.scope, reached.queue from given left join reached on reached.scope = given.scope""";

    private static final String SELECT = "select subject, duty, scope, granted_by, granted_at, why from duty_grant";
    private static final String GIVE = """
            insert into duty_grant (subject, duty, scope, granted_by, granted_at, why) values (?, ?, ?, ?, ?, ?)
            on conflict (subject, duty, scope) do nothing""";
    private static final String SAME = " where subject = ? and duty = ? and scope = ?";

    private final Sql sql;
    private final RecordStore record;

    GrantStore(Sql sql, RecordStore record) {
        this.sql = sql;
        this.record = record;
    }

    /** What somebody holds now. */
    @Transactional
    public List<Held> held(Subject subject) {
        return held(subject, List.of());
    }

    /** What somebody holds now who was given {@code others} elsewhere. */
    @Transactional
    public List<Held> held(Subject subject, List<Grant> others) {
        Map<Grant, Set<QueueName>> queues = new LinkedHashMap<>();
        sql.each(
                HELD,
                row -> {
                    Grant grant = new Grant(
                            subject, Duty.valueOf(row.getString("duty")), Scope.parse(row.getString("scope")));
                    Set<QueueName> reached = queues.computeIfAbsent(grant, given -> new HashSet<>());
                    String queue = row.getString("queue");
                    if (queue != null) {
                        reached.add(new QueueName(queue));
                    }
                },
                subject,
                others.stream().map(grant -> grant.duty().name()).toArray(String[]::new),
                others.stream().map(grant -> grant.scope().toString()).toArray(String[]::new));
        List<Held> held = new ArrayList<>();
        queues.forEach((grant, reached) -> held.add(new Held(grant.duty(), grant.scope(), reached)));
        return held;
    }

    /** All, by scope, subject and duty. */
    @Transactional
    public List<GivenGrant> all() {
        return sql.query(SELECT + " order by scope, subject, duty", GrantStore::read);
    }

    /** False where it was given before: then who gave it stays as it is. */
    @Transactional
    public boolean give(GivenGrant given) {
        Grant grant = given.grant();
        boolean isNew =
                sql.update(GIVE, grant.subject(), grant.duty(), grant.scope(), given.by(), given.at(), given.why())
                        == 1;
        if (isNew) {
            record.append(change("GRANT_GIVEN", grant, given.by(), given.at(), null, json(grant), given.why()));
        }
        return isNew;
    }

    /** Null where it is not there. */
    @Transactional
    public @Nullable GivenGrant find(Grant grant) {
        return sql.query(SELECT + SAME, GrantStore::read, grant.subject(), grant.duty(), grant.scope()).stream()
                .findFirst()
                .orElse(null);
    }

    /** False where it is not there. */
    @Transactional
    public boolean take(Grant grant, String actor, Instant now) {
        boolean was = sql.update("delete from duty_grant" + SAME, grant.subject(), grant.duty(), grant.scope()) == 1;
        if (was) {
            record.append(change("GRANT_TAKEN", grant, actor, now, json(grant), null, null));
        }
        return was;
    }

    private static Change change(
            String type,
            Grant grant,
            String actor,
            Instant now,
            @Nullable String before,
            @Nullable String after,
            @Nullable String why) {
        TeamName team = grant.scope().team();
        return new Change(
                now,
                actor,
                type,
                team == null ? null : team.value(),
                grant.subject().toString(),
                before,
                after,
                why);
    }

    private static String json(Grant grant) {
        return Json.write(Map.of("duty", grant.duty(), "scope", grant.scope().toString()));
    }

    /** How many hold the duty for everything; nobody else gives or takes any until the end of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public long holders(Duty duty) {
        sql.query("select pg_advisory_xact_lock(hashtext('muster duty_grant'))::text", row -> "");
        return sql.query(
                        "select count(distinct subject) from duty_grant where duty = ? and scope = '*'",
                        row -> row.getLong(1),
                        duty)
                .get(0);
    }

    private static GivenGrant read(ResultSet row) throws SQLException {
        return new GivenGrant(
                new Grant(
                        Subject.parse(row.getString("subject")),
                        Duty.valueOf(row.getString("duty")),
                        Scope.parse(row.getString("scope"))),
                row.getString("granted_by"),
                Instants.of(row, "granted_at"),
                row.getString("why"));
    }
}
