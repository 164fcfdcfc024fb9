package dev.muster.postgres;

import dev.muster.event.EventType;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The teams. */
@ApplicationScoped
public class TeamStore {
    private final SpecTable<TeamRow, Team> table;

    TeamStore(Sql sql, EventStore events) {
        this.table = new SpecTable<>(
                TeamRow.class,
                TeamRow::new,
                Team.class,
                value -> value.name().value(),
                (row, value) -> {},
                EventType.TEAM_CHANGED,
                sql,
                events);
    }

    @Transactional
    public Optional<Versioned<Team>> find(TeamName name) {
        return table.get(name.value());
    }

    /** All, by name. */
    @Transactional
    public List<Versioned<Team>> all() {
        return table.all();
    }

    /** Creates or replaces; empty where the version is not the expected one (0: must not exist yet; empty: any). */
    @Transactional
    public Optional<Versioned<Team>> put(Team value, OptionalLong expected, String actor, Instant now) {
        return table.put(value, expected, actor, now);
    }

    /** False where there is none, or not of the expected version (empty: any). */
    @Transactional
    public boolean delete(TeamName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(name.value(), expected, actor, now);
    }
}
