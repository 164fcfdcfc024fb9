package dev.muster.cli.scenario;

import dev.muster.cli.BadInput;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.queue.QueueSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a scenario file; whatever is wrong with it is refused with line, column and what was expected. */
public final class ScenarioReader {
    /** When a scenario plays that does not say so. */
    static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    private ScenarioReader() {}

    /** @throws BadInput where it cannot be read or is no sound scenario */
    public static Scenario read(Path file) {
        try {
            return read(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** {@code source} names the text in messages. */
    public static Scenario read(String source, String text) {
        Part file = Part.read(source, text);
        Map<String, Part> fields = file.fields(
                "story", "now", "policy", "pools", "queues", "running", "pending", "evictedLately", "expect");
        for (String needed : List.of("pools", "queues")) {
            if (!fields.containsKey(needed)) {
                throw file.wrong("the scenario has no " + needed, "Expected a mapping of names: '" + needed + ":'");
            }
        }
        Instant now = fields.containsKey("now") ? Times.point(fields.get("now")) : NOW;
        List<Node> nodes = PoolPart.nodes(fields.get("pools"));
        List<QueueSpec> queues = QueuePart.queues(fields.get("queues"));
        JobPart jobs = new JobPart(now, queues, nodes);
        List<Part> running =
                fields.containsKey("running") ? fields.get("running").items() : List.of();
        List<Part> pending =
                fields.containsKey("pending") ? fields.get("pending").items() : List.of();
        List<LiveAttempt> live = running.stream().map(jobs::running).toList();
        List<PendingJob> waiting = pending.stream().map(jobs::pending).toList();
        List<Part> all = new ArrayList<>(running);
        all.addAll(pending);
        Part.once(all, job -> job.entries().get("job").text());
        Set<String> names = new HashSet<>();
        all.forEach(job -> names.add(job.entries().get("job").text()));
        PlanSettings settings = fields.containsKey("policy")
                ? PolicyPart.settings(fields.get("policy"))
                : PolicyFields.settings(Map.of());
        List<Expectation> expectations = fields.containsKey("expect")
                ? fields.get("expect").items().stream()
                        .map(part -> part.as(line -> Expectation.parse(line, names)))
                        .toList()
                : List.of();
        String story = fields.containsKey("story") ? fields.get("story").text() : source;
        Snapshot snapshot = new Snapshot(now, queues, nodes, waiting, live, settings);
        if (fields.containsKey("evictedLately")) {
            snapshot = snapshot.withEvictedLately(fields.get("evictedLately").whole(0, 1_000_000));
        }
        return new Scenario(story, snapshot, expectations);
    }
}
