package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template: what it says field by field, its revisions with what each changed, and for who may what it could be. {@code trial}: what
 * would be different with what was typed; {@code faults}: why that cannot be.
 */
public record TemplatePage(
        Frame frame,
        String team,
        String name,
        @Nullable String description,
        List<Field> fields,
        List<Revision> revisions,
        boolean mayEdit,
        boolean mayTry,
        Form form,
        @Nullable List<QueuePage.Change> trial,
        List<String> faults) {
    /** {@code locked}: a job may not say it otherwise. */
    public record Field(String pointer, String value, boolean locked) {}

    /** {@code changes}: what differs from the one before; null for the first that is known. */
    public record Revision(
            long number, String actor, Moment at, @Nullable List<QueuePage.Change> changes) {}

    /** What was typed, as JSON, and the version that it was made from. */
    public record Form(String spec, String etag) {}

    public String href() {
        return "/ui/templates/" + team + "/" + name;
    }

    public int lockedFields() {
        return (int) fields.stream().filter(Field::locked).count();
    }

    public String showLine() {
        return "muster templates show %s --team %s --revisions".formatted(name, team);
    }
}
