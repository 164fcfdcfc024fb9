package dev.muster.postgres;

import dev.muster.event.EventType;
import dev.muster.quota.name.TeamName;
import dev.muster.template.Template;
import dev.muster.template.TemplateName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Templates and their revisions. */
@ApplicationScoped
public class TemplateStore {
    private static final Json.Reader<Template> READER = Json.reader(Template.class);

    private final SpecTable<TemplateRow, Template> table;
    private final Sql sql;

    TemplateStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.table = new SpecTable<>(
                TemplateRow.class,
                TemplateRow::new,
                Template.class,
                Template::key,
                (row, value) -> row.team = value.team().value(),
                EventType.TEMPLATE_CHANGED,
                sql,
                events);
    }

    /** What a template was from a time on. */
    public record Revision(long number, Template template, String actor, Instant at) {}

    @Transactional
    public Optional<Versioned<Template>> find(TeamName team, TemplateName name) {
        return table.get(Template.key(team, name));
    }

    /** Those of a team, by name. */
    @Transactional
    public List<Versioned<Template>> of(TeamName team) {
        return table.all().stream()
                .filter(one -> one.value().team().equals(team))
                .toList();
    }

    /** Of all teams. */
    @Transactional
    public List<Versioned<Template>> all() {
        return table.all();
    }

    /** Who changed a template last, and when. */
    public record Author(String actor, Instant at) {}

    /** Of every template, by its key. */
    @Transactional
    public Map<String, Author> authors() {
        Map<String, Author> authors = new HashMap<>();
        sql.query(
                        "select distinct on (name) name, actor, at from template_revision order by name, at desc, revision desc",
                        row -> Map.entry(
                                row.getString("name"), new Author(row.getString("actor"), Instants.of(row, "at"))))
                .forEach(one -> authors.put(one.getKey(), one.getValue()));
        return authors;
    }

    /** Newest first. */
    @Transactional
    public List<Revision> revisions(TeamName team, TemplateName name, int most) {
        return sql.query(
                "select revision, spec::text as spec, actor, at from template_revision where name = ? order by at desc, revision desc limit ?",
                row -> new Revision(
                        row.getLong("revision"),
                        READER.read(row.getString("spec")),
                        row.getString("actor"),
                        Instants.of(row, "at")),
                Template.key(team, name),
                most);
    }

    /** Creates or replaces, as a new revision; empty where the version is not the expected one. */
    @Transactional
    public Optional<Versioned<Template>> put(Template value, OptionalLong expected, String actor, Instant now) {
        Optional<Versioned<Template>> written = table.put(value, expected, actor, now);
        written.ifPresent(one -> sql.batch(
                "insert into template_revision (name, revision, spec, actor, at) values (?, ?, ?::jsonb, ?, ?)",
                List.of(one),
                (row, each) -> row.text(value.key())
                        .number(each.version())
                        .json(value)
                        .text(actor)
                        .instant(now)));
        return written;
    }

    @Transactional
    public boolean delete(TeamName team, TemplateName name, OptionalLong expected, String actor, Instant now) {
        return table.delete(Template.key(team, name), expected, actor, now);
    }
}
