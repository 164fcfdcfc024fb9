package dev.muster.postgres;

import dev.muster.job.JobState;
import dev.muster.quota.name.JobId;
import dev.muster.rights.Sight;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of a list of jobs: conditions, a keyset instead of an offset, so that a page costs the same wherever it is. */
final class JobList {
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final JobQuery query;

    JobList(JobQuery query) {
        this(query, null);
    }

    /** {@code sight}: of those that may be seen; null: all. */
    JobList(JobQuery query, @Nullable Sight sight) {
        this.query = query;
        if (sight != null) {
            add("(team = any(?) or queue = any(?))", Sights.teams(sight), Sights.queues(sight));
        }
        equal("team", query.team());
        equal("queue", query.queue());
        equal("priority_class", query.priorityClass());
        equal("submitted_by", query.submittedBy());
        equal("name", query.name());
        equal("array_id", query.array());
        equal("job_set", query.set());
        if (!query.states().isEmpty()) {
            String in = query.states().stream()
                    .map(state -> "'" + state.name() + "'")
                    .sorted()
                    .collect(Collectors.joining(", "));
            conditions.add("state in (" + in + ")");
        }
        if (query.namePrefix() != null && !query.namePrefix().isEmpty()) {
            // Not "like": a plan that is kept for any prefix could not use the index.
            add("name >= ? and name < ?", query.namePrefix(), query.namePrefix() + LAST_CHARACTER);
        }
        if (query.waitsFor() != null) {
            // A job that was launched keeps its last reason for a while.
            conditions.add("state in ('QUEUED', 'BLOCKED')");
            add("id in (select job from job_reason where code = ?)", query.waitsFor());
        }
        if (!query.labels().isEmpty()) {
            add("labels @> ?::jsonb", Json.write(query.labels()));
        }
        if (query.order() == JobQuery.Order.FINISHED
                && !query.states().isEmpty()
                && query.states().stream().allMatch(JobState::isFinal)) {
            // Without it all that have not ended would be walked over first: they end in the far future.
            conditions.add(key() + " < 'infinity'");
        }
        JobQuery.Cursor after = query.after();
        if (after != null) {
            continueAfter(after);
        }
    }

    /** One row more than the page: it tells whether there is a next one. */
    String sql() {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        String direction = query.descending() ? " desc" : "";
        String key = key();
        String order = key.isEmpty() ? "id" + direction : key + direction + ", id" + direction;
        return "select * from job_with_reasons" + where + " order by " + order + " limit " + (query.limit() + 1);
    }

    /** The values of the placeholders, in their order. */
    List<Object> values() {
        return values;
    }

    /** Behind this row, whether or not the rest of it can be read. */
    JobQuery.Cursor cursor(JobRow last) {
        return new JobQuery.Cursor(query.order(), new JobId(last.id), last.priority, last.finishedAt, last.name);
    }

    private void continueAfter(JobQuery.Cursor after) {
        String compare = query.descending() ? " < " : " > ";
        String id = after.id().value();
        switch (query.order()) {
            case SUBMITTED -> add("id" + compare + "?", id);
            case PRIORITY -> add("(priority, id)" + compare + "(?, ?)", after.priority(), id);
            case NAME -> add("(name, id)" + compare + "(?, ?)", String.valueOf(after.name()), id);
            case FINISHED ->
                add(
                        "(" + key() + ", id)" + compare + "(?::timestamptz, ?)",
                        after.finishedAt() == null
                                ? "infinity"
                                : after.finishedAt().atOffset(ZoneOffset.UTC).toString(),
                        id);
        }
    }

    private String key() {
        return switch (query.order()) {
            case SUBMITTED -> "";
            case PRIORITY -> "priority";
            case NAME -> "name";
            case FINISHED -> "coalesce(finished_at, 'infinity')";
        };
    }

    private void equal(String column, @Nullable Object value) {
        if (value != null) {
            add(column + " = ?", value.toString());
        }
    }

    private void add(String condition, Object... with) {
        conditions.add(condition);
        values.addAll(List.of(with));
    }
}
