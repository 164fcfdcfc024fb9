package dev.muster.cli.scenario;

import dev.muster.cli.BadInput;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Pause;
import dev.muster.quota.policy.Pauses;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.queue.QueueTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a scenario file; whatever is wrong with it is refused with line, column and what was expected. */
public final class ScenarioReader {
    /** When a scenario plays that does not say so. */
    static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    private final Map<String, Part> fields;
    private final Instant now;

    private ScenarioReader(Map<String, Part> fields) {
        this.fields = fields;
        this.now = fields.containsKey("now") ? Times.point(fields.get("now")) : NOW;
    }

    /** @throws BadInput where it cannot be read or is no sound scenario */
    public static Scenario read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), TextFile.read(file.toString(), in));
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** {@code source} names the text in messages. */
    public static Scenario read(String source, String text) {
        Part file = Part.read(source, text);
        return new ScenarioReader(file.fields(Place.FILE)).read(source);
    }

    private Scenario read(String source) {
        List<Node> nodes = PoolPart.nodes(fields.get("pools"));
        List<PoolName> pools = fields.get("pools").entries().keySet().stream()
                .map(PoolName::new)
                .toList();
        boolean crooked = fields.containsKey("crooked") && fields.get("crooked").flag();
        QueuePart queues = QueuePart.of(fields.get("queues"), crooked);
        Known known = new Known(queues.queues(), nodes, pools);
        JobPart jobs = new JobPart(now, known, new PriorityPart(fields.get("priorityClasses")));
        List<LiveAttempt> live = items("running").stream().map(jobs::running).toList();
        Map<PendingJob, Instant> later = new LinkedHashMap<>();
        List<PendingJob> waiting = new ArrayList<>();
        for (Part part : items("pending")) {
            PendingJob job = jobs.pending(part);
            Instant at = jobs.notBefore().get(job.id());
            if (at == null) {
                waiting.add(job);
            } else {
                later.put(job, at);
            }
        }
        Snapshot snapshot = new Snapshot(
                now,
                queues.queues(),
                nodes,
                waiting,
                live,
                settings(fields.get("policy")),
                queues.recentUse(),
                fields.containsKey("evictedLately")
                        ? fields.get("evictedLately").whole(0, Fields.MOST_TIMES)
                        : 0,
                GrowthPart.expansions(items("growth"), pools, now),
                QueuePart.launchedLately(items("launchedLately"), known, now),
                queues.aboveSince(now));
        Set<String> names = names();
        return new Scenario(
                fields.containsKey("story") ? fields.get("story").text() : source,
                snapshot,
                later,
                jobs.runs(),
                pauses(snapshot),
                fields.containsKey("expect") ? expectations(fields.get("expect"), names) : null,
                items("then").stream().map(part -> expectations(part, names)).toList());
    }

    private List<Part> items(String field) {
        return fields.containsKey(field) ? fields.get(field).items() : List.of();
    }

    /** Of all jobs; each is there once. */
    private Set<String> names() {
        List<Part> all = new ArrayList<>(items("running"));
        all.addAll(items("pending"));
        List<Part> jobs = all.stream().map(part -> part.entries().get("job")).toList();
        Part.once(jobs, Part::text);
        Set<String> names = new HashSet<>();
        jobs.forEach(job -> names.add(job.text()));
        return names;
    }

    private static PlanSettings settings(@Nullable Part policy) {
        return policy == null ? PolicyFields.settings(Map.of()) : PolicyPart.settings(policy);
    }

    private Pauses pauses(Snapshot snapshot) {
        QueueTree tree = QueueTree.lenient(snapshot.queues());
        List<Pause> pauses = new ArrayList<>();
        for (Part part : items("pauses")) {
            Map<String, Part> own = part.fields(Place.PAUSE);
            QueueName queue = own.containsKey("queue") ? own.get("queue").as(QueueName::new) : null;
            if (queue != null && tree.queue(queue).isEmpty()) {
                throw own.get("queue").wrong("unknown queue '%s'".formatted(queue), "Expected one of 'queues'.");
            }
            pauses.add(new Pause(
                    queue,
                    own.containsKey("by") ? own.get("by").text() : "somebody",
                    own.containsKey("why") ? own.get("why").text() : "no reason given",
                    own.containsKey("since") ? Times.before(own.get("since"), now) : now));
        }
        return new Pauses(pauses);
    }

    private static List<Expectation> expectations(Part part, Set<String> jobs) {
        List<Part> lines = part.isList() ? part.items() : List.of(part);
        return lines.stream()
                .map(line -> line.as(text -> Expectation.parse(text, jobs)))
                .toList();
    }

    /** The queue of each job, for what is done with the plan. */
    static Map<JobId, QueueName> queues(Snapshot snapshot) {
        Map<JobId, QueueName> queues = new LinkedHashMap<>();
        snapshot.pending().forEach(job -> queues.put(job.id(), job.queue()));
        snapshot.live().forEach(attempt -> queues.put(attempt.id().job(), attempt.queue()));
        return queues;
    }
}
