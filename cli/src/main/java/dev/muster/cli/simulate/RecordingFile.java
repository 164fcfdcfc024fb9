package dev.muster.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.api.RecordedJob;
import dev.muster.api.RecordedSupply;
import dev.muster.api.Recording;
import dev.muster.cli.BadInput;
import dev.muster.cli.scenario.Scenario;
import dev.muster.cli.scenario.ScenarioReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recording of a service's own history, as {@code muster record} writes it. What is wrong is refused with its line; lines at which
 * the clock goes backwards are counted and named, and what they tell is put where it belongs.
 */
public final class RecordingFile {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final int MOST_LINES = 5_000_000;

    private final Path file;
    private final List<RecordedSupply> supply = new ArrayList<>();
    private final List<RecordedJob> jobs = new ArrayList<>();
    private final List<String> backwards = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private @Nullable Recording head;
    private @Nullable Scenario cluster;
    private Instant last = Instant.MIN;
    private String lastKind = "";
    private int line;

    private RecordingFile(Path file) {
        this.file = file;
    }

    /** True where the file's name is that of a recording. */
    public static boolean is(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.ndjson(\\.gz)?");
    }

    /** @throws BadInput where it is wrong: with line, and what was expected */
    public static RecordingFile read(Path file) {
        RecordingFile read = new RecordingFile(file);
        try (var plain = Files.newInputStream(file);
                var in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain, 1 << 16) : plain;
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                read.line++;
                read.take(text);
            }
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
        if (read.head == null) {
            throw new BadInput(file + " is empty", "Expected what 'muster record' writes.");
        }
        if (read.jobs.isEmpty()) {
            throw new BadInput(file + " holds no job");
        }
        return read;
    }

    private void take(String text) {
        if (line > MOST_LINES) {
            throw wrong("more than %,d lines".formatted(MOST_LINES));
        }
        if (text.isBlank()) {
            return;
        }
        JsonNode node = node(text);
        String kind = node.path("kind").asText();
        if (head == null) {
            head(node, kind);
            return;
        }
        switch (kind) {
            case RecordedSupply.KIND -> supply(as(node, RecordedSupply.class));
            case RecordedJob.KIND -> job(as(node, RecordedJob.class));
            default -> throw wrong("kind '%s': expected Supply or Job".formatted(kind));
        }
    }

    private void head(JsonNode node, String kind) {
        if (!kind.equals(Recording.KIND)) {
            throw wrong("kind '%s': expected the first line to be of kind Recording".formatted(kind));
        }
        Recording first = as(node, Recording.class);
        if (first.version() != Recording.VERSION) {
            throw wrong("version %d: expected %d; take the command of the release that recorded it"
                    .formatted(first.version(), Recording.VERSION));
        }
        if (first.from() == null || first.to() == null || !first.from().isBefore(first.to())) {
            throw wrong(
                    "from %s to %s: expected a later time after an earlier one".formatted(first.from(), first.to()));
        }
        if (first.scenario() == null) {
            throw wrong("no 'scenario': expected the cluster as a scenario");
        }
        head = first;
        cluster = ScenarioReader.read(file + ":" + line + " scenario", first.scenario());
    }

    private void supply(RecordedSupply one) {
        if (one.at() == null || one.pool() == null || one.nodes() < 0 || one.nodes() > 1_000_000) {
            throw wrong("%s nodes of pool %s at %s: expected a pool, a time, and 0 to 1,000,000 nodes"
                    .formatted(one.nodes(), one.pool(), one.at()));
        }
        inTime(RecordedSupply.KIND, one.at());
        supply.add(one);
    }

    private void job(RecordedJob one) {
        if (one.at() == null
                || one.id() == null
                || one.queue() == null
                || one.roles() == null
                || one.roles().isEmpty()) {
            throw wrong("a job needs at, id, queue and roles");
        }
        if (!ids.add(one.id())) {
            throw wrong("job %s is there twice".formatted(one.id()));
        }
        if (one.seconds() != null && !(one.seconds() >= 0 && one.seconds() <= 315_360_000)) {
            throw wrong("job %s ran %s s: expected 0 to ten years".formatted(one.id(), one.seconds()));
        }
        for (RecordedJob.RecordedRole role : one.roles()) {
            if (role.name() == null
                    || role.requests() == null
                    || role.pools() == null
                    || role.minimum() < 0
                    || role.maximum() < role.minimum()
                    || role.maximum() > 1_000_000
                    || role.requests().values().stream().anyMatch(amount -> amount == null || amount < 0)) {
                throw wrong("job %s: a role needs a name, requests and pools, and 0 ≤ minimum ≤ maximum"
                        .formatted(one.id()));
            }
        }
        inTime(RecordedJob.KIND, one.at());
        jobs.add(one);
    }

    private void inTime(String kind, Instant at) {
        if (kind.equals(lastKind) && at.isBefore(last)) {
            backwards.add("line %d: %s, expected %s or later".formatted(line, at, last));
        }
        last = kind.equals(lastKind) && at.isBefore(last) ? last : at;
        lastKind = kind;
    }

    private JsonNode node(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw wrong("expected a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw wrong("no JSON: " + e.getOriginalMessage());
        }
    }

    private <T> T as(JsonNode node, Class<T> type) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw wrong("no %s: %s".formatted(node.path("kind").asText(), e.getOriginalMessage()));
        }
    }

    private BadInput wrong(String what) {
        return new BadInput("%s:%d: %s".formatted(file, line, what));
    }

    Recording head() {
        if (head == null) {
            throw new IllegalStateException("Not read yet");
        }
        return head;
    }

    /** Nodes, queues and policy as they were when it was recorded. */
    Scenario cluster() {
        if (cluster == null) {
            throw new IllegalStateException("Not read yet");
        }
        return cluster;
    }

    List<RecordedSupply> supply() {
        return supply;
    }

    List<RecordedJob> jobs() {
        return jobs;
    }

    /** Lines at which the clock goes backwards. */
    List<String> backwards() {
        return backwards;
    }
}
