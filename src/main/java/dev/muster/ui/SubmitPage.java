package dev.muster.ui;

import dev.muster.api.Job;
import dev.muster.api.JobForecast;
import dev.muster.api.JobStatus;
import dev.muster.api.Reason;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of a new job of one role; others go by file. {@code trial}: what the planner would say of it now and what it would cost;
 * {@code faults}: why it cannot be, or could never run.
 */
public record SubmitPage(
        Frame frame,
        List<String> teams,
        List<String> priorities,
        Form form,
        @Nullable Trial trial,
        List<String> faults) {
    /** What the fields hold; a {@code port} makes it a session, of which {@code path} and {@code idle} tell more. */
    public record Form(
            String team,
            String name,
            String template,
            String queue,
            String priority,
            String pods,
            String cpu,
            String memory,
            String more,
            String image,
            String command,
            String maxRunTime,
            String port,
            String path,
            String idle) {
        /** {@code port}: of a session, empty for any other job. */
        static Form empty(String team, String template, String port) {
            return new Form(team, "", template, "", "", "1", "1", "1Gi", "", "", "", "", port, "", "");
        }

        /** Somebody has said something of a session. */
        public boolean isSession() {
            return !(port + path + idle).isEmpty();
        }

        /** The job as it would be sent, by its fields. */
        Map<String, Object> job() {
            Map<String, String> resources = new TreeMap<>();
            put(resources, "cpu", cpu);
            put(resources, "memory", memory);
            resources.putAll(Objects.requireNonNullElse(Amounts.read("roles/0/resources", more), Map.of()));
            Map<String, Object> role =
                    new TreeMap<>(Map.of("name", "worker", "count", count(), "resources", resources));
            put(role, "image", image);
            if (!command.isEmpty()) {
                role.put("command", List.of("sh", "-c", command));
            }
            Map<String, Object> spec = new TreeMap<>(Map.of("roles", List.of(role)));
            put(spec, "queue", queue);
            put(spec, "priorityClass", priority);
            put(spec, "maxRunTime", maxRunTime);
            put(spec, "idleTimeout", idle);
            if (!(port + path).isEmpty()) {
                Map<String, Object> door = new TreeMap<>(Map.of(
                        "port", whole("/spec/interactive/port", port, "port", "1 to 65535, as 8888 of notebooks")));
                put(door, "path", path);
                spec.put("interactive", door);
            }
            if (!template.isEmpty()) {
                spec.put("templates", List.of(template.split("[,\\s]+")));
            }
            return Map.of("kind", Job.KIND, "metadata", Map.of("name", name), "spec", spec);
        }

        private static void put(Map<String, ? super String> fields, String field, String text) {
            if (!text.isEmpty()) {
                fields.put(field, text);
            }
        }

        private int count() {
            return whole("/spec/roles/0/count", pods, "number of pods", "at least 1");
        }

        private static int whole(String field, String text, String what, String expected) {
            if (!text.matches("\\d{1,6}")) {
                throw MusterException.invalid(new Fault(
                        field,
                        Fault.Kind.BAD_VALUE,
                        "'%s' is no %s: expected a whole number, %s"
                                .formatted(MusterException.shown(text), what, expected)));
            }
            return Integer.parseInt(text);
        }
    }

    /** {@code fits}: it would start now; {@code words} and {@code message} say why it would start or wait. */
    public record Trial(
            boolean fits,
            String words,
            String message,
            @Nullable String hint,
            String queue,
            String priority,
            List<Cost> costs,
            List<String> sizes) {}

    /** What a run would take on one kind of nodes. */
    public record Cost(String where, String takes, String price) {}

    static Trial trial(Job tried) {
        JobStatus status = tried.status();
        Reason reason = status == null ? null : status.reason();
        boolean fits = reason != null && reason.code().startsWith("FITS");
        return new Trial(
                fits,
                fits
                        ? "Fits now"
                        : reason == null
                                ? "Accepted"
                                : "Would wait: "
                                        + ReasonLine.words(reason.code()).toLowerCase(),
                reason == null
                        ? "Every check has passed. Whether it fits now is known where the planner works: ask again in a moment."
                        : reason.message(),
                reason == null ? null : reason.hint(),
                Objects.requireNonNullElse(tried.spec().queue(), ""),
                Objects.requireNonNullElse(tried.spec().priorityClass(), ""),
                Optional.ofNullable(status).map(JobStatus::forecasts).orElse(List.of()).stream()
                        .map(SubmitPage::cost)
                        .toList(),
                sizes(status));
    }

    private static Cost cost(JobForecast run) {
        String nodes = run.nodes() == 1 ? "1 node" : run.nodes() + " nodes";
        return new Cost(
                run.capacity(),
                "about %s on at most %s of %s"
                        .formatted(
                                run.expected() == null ? run.work() + ", if it is ever let end" : run.expected(),
                                nodes,
                                String.join(
                                        ", ",
                                        new java.util.TreeSet<>(run.pools().values()))),
                run.cost() == null ? "not known: a pool has no price" : run.cost());
    }

    private static List<String> sizes(@Nullable JobStatus status) {
        List<String> all = new ArrayList<>();
        if (status != null && status.podSizes() != null) {
            status.podSizes().values().forEach(pools -> all.addAll(pools.values()));
        }
        return all;
    }
}
