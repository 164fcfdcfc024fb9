package dev.muster.ui;

import dev.muster.api.Queue;
import dev.muster.api.QueuePreview;
import dev.muster.api.QueueSpec;
import dev.muster.problem.MusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One queue: what it has and holds, those below it, and what it could be. {@code trial}: what a change that was only tried would do;
 * {@code faults}: why it cannot be.
 */
public record QueuePage(
        Frame frame,
        QueueTree.Line queue,
        @Nullable String parent,
        @Nullable String team,
        List<QueueTree.Line> below,
        Form form,
        boolean mayEdit,
        Requests requests,
        @Nullable Trial trial,
        List<String> faults) {
    /**
     * What it has beside its own for a time, and how many wait for an answer; {@code askHref}: where who looks may ask for more, null where
     * not.
     */
    public record Requests(
            List<Temporary> temporary, int open, @Nullable String askHref) {}

    /** Amounts until a time, by the request of which they are. */
    public record Temporary(String request, List<String> amounts, Moment until) {
        public String href() {
            return "/ui/quota/" + request;
        }
    }

    /** What the fields of the form hold; {@code etag} is the version that they were made from. */
    public record Form(String guarantee, String deserved, String capability, String weight, String state, String etag) {
        static Form of(Queue queue) {
            QueueSpec spec = queue.spec();
            return new Form(
                    Amounts.text(spec.guarantee()),
                    Amounts.text(spec.deserved()),
                    Amounts.text(spec.capability()),
                    Objects.requireNonNullElse(spec.weight(), 1).toString(),
                    Objects.requireNonNullElse(spec.state(), "OPEN"),
                    Objects.requireNonNullElse(queue.metadata().etag(), ""));
        }

        /** The queue with what was typed; all that the form does not have stays. */
        QueueSpec over(QueueSpec spec) {
            return new QueueSpec(
                    spec.parent(),
                    spec.team(),
                    Amounts.read("guarantee", guarantee),
                    Amounts.read("deserved", deserved),
                    Amounts.read("capability", capability),
                    number(),
                    state,
                    spec.weights(),
                    spec.limits(),
                    spec.pools(),
                    spec.fence());
        }

        private int number() {
            if (!weight.strip().matches("\\d{1,7}")) {
                throw MusterException.invalidParameter("weight", weight, "a whole number of at least 1");
            }
            return Integer.parseInt(weight.strip());
        }

        public List<String> states() {
            return List.of("OPEN", "DRAINING", "CLOSED");
        }
    }

    /** A change that was tried: what it is, and what it would do to how many jobs. Empty {@code changes}: none. */
    public record Trial(List<Change> changes, boolean known, int affected, List<Effect> effects, List<String> above) {}

    /** A field as it was and as it would be. */
    public record Change(String field, String was, String is) {}

    /** What would become of a job. */
    public record Effect(String job, String queue, String words, String message) {
        public String href() {
            return "/ui/jobs/" + job;
        }

        public String tail() {
            return "…" + job.substring(Math.max(0, job.length() - 6));
        }
    }

    static Trial trial(Form was, Form is, @Nullable QueuePreview preview) {
        List<Change> changes = new ArrayList<>();
        add(changes, "guarantee", was.guarantee(), is.guarantee());
        add(changes, "deserved", was.deserved(), is.deserved());
        add(changes, "capability", was.capability(), is.capability());
        add(changes, "weight", was.weight(), is.weight());
        add(changes, "state", was.state(), is.state());
        return trial(changes, preview);
    }

    static Trial trial(List<Change> changes, @Nullable QueuePreview preview) {
        if (preview == null) {
            return new Trial(changes, false, 0, List.of(), List.of());
        }
        return new Trial(
                changes,
                true,
                preview.affected(),
                preview.effects().stream()
                        .map(effect -> new Effect(
                                effect.job(),
                                effect.queue(),
                                words(effect.kind()),
                                effect.reason().message()))
                        .toList(),
                preview.above().stream()
                        .map(above ->
                                "%s would hold %s %s and may hold %s: nobody is evicted for it, and nothing of it starts until it holds less."
                                        .formatted(above.queue(), above.used(), above.resource(), above.capability()))
                        .toList());
    }

    private static void add(List<Change> changes, String field, String was, String is) {
        if (!was.equals(is)) {
            changes.add(new Change(field, was.isEmpty() ? "nothing" : was, is.isEmpty() ? "nothing" : is));
        }
    }

    private static String words(String kind) {
        return switch (kind) {
            case "NEVER_RUNS" -> "could never run";
            case "HELD" -> "would be held";
            case "LET_START" -> "might start";
            case "COULD_RUN" -> "could run";
            default -> kind.toLowerCase(Locale.ROOT);
        };
    }
}
