package dev.muster.catalogue;

import dev.muster.postgres.TeamStore;
import dev.muster.postgres.TemplateStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.TeamName;
import dev.muster.template.Template;
import dev.muster.template.TemplateName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** Templates of teams; each change is a revision. */
@ApplicationScoped
public class Templates {
    private static final String KIND = "template";

    private final TemplateStore store;
    private final TeamStore teams;
    private final InstantSource clock;

    Templates(TemplateStore store, TeamStore teams, InstantSource clock) {
        this.store = store;
        this.teams = teams;
        this.clock = clock;
    }

    @Transactional
    public Written<Template> put(Template value, Edit edit) {
        if (teams.find(value.team()).isEmpty()) {
            throw MusterException.notFound("team", value.team().value());
        }
        return Writing.put(
                KIND,
                value.key(),
                value,
                store.find(value.team(), value.name()).orElse(null),
                edit,
                clock.instant(),
                store::put);
    }

    @Transactional
    public void delete(TeamName team, TemplateName name, Edit edit) {
        Writing.delete(
                KIND,
                Template.key(team, name),
                store.find(team, name),
                edit,
                clock.instant(),
                (expected, actor, now) -> store.delete(team, name, expected, actor, now));
    }
}
