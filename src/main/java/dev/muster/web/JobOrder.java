package dev.muster.web;

import dev.muster.postgres.JobQuery;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order of a list of jobs, {@code FIELD [asc|desc]}, and the position of a job in it as text. */
record JobOrder(JobQuery.Order by, boolean descending) {
    /** Newest first. */
    static final JobOrder USUAL = new JobOrder(JobQuery.Order.SUBMITTED, true);

    static JobOrder parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return USUAL;
        }
        String[] words = text.strip().split("\\s+");
        JobQuery.Order by =
                switch (words[0]) {
                    case "submittedAt" -> JobQuery.Order.SUBMITTED;
                    case "priority" -> JobQuery.Order.PRIORITY;
                    case "finishedAt" -> JobQuery.Order.FINISHED;
                    case "name" -> JobQuery.Order.NAME;
                    default -> throw refused(text);
                };
        if (words.length > 2 || (words.length == 2 && !words[1].equals("asc") && !words[1].equals("desc"))) {
            throw refused(text);
        }
        return new JobOrder(by, words.length == 2 && words[1].equals("desc"));
    }

    /** {@code id priority finishedAt name}, of which only what the order needs. */
    static String text(JobQuery.Cursor cursor) {
        String of =
                switch (cursor.order()) {
                    case SUBMITTED -> "";
                    case PRIORITY -> Integer.toString(cursor.priority());
                    case FINISHED ->
                        cursor.finishedAt() == null ? "" : cursor.finishedAt().toString();
                    case NAME -> String.valueOf(cursor.name());
                };
        return cursor.id() + " " + of;
    }

    /** The reverse of {@link #text}; the text is our own, the token's signature says so. */
    JobQuery.@Nullable Cursor cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JobId id = new JobId(text.substring(0, text.indexOf(' ')));
        String of = text.substring(text.indexOf(' ') + 1);
        return switch (by) {
            case SUBMITTED -> new JobQuery.Cursor(by, id, 0, null, null);
            case PRIORITY -> new JobQuery.Cursor(by, id, Integer.parseInt(of), null, null);
            case FINISHED -> new JobQuery.Cursor(by, id, 0, of.isEmpty() ? null : Instant.parse(of), null);
            case NAME -> new JobQuery.Cursor(by, id, 0, null, of);
        };
    }

    private static MusterException refused(String text) {
        return MusterException.invalidParameter(
                "orderBy", text, "submittedAt, priority, finishedAt or name, then asc or desc");
    }
}
