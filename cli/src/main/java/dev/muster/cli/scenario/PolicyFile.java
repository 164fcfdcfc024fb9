package dev.muster.cli.scenario;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** A policy in a file of its own: {@code kind: Policy}, and in {@code spec} what differs from the standard. */
public final class PolicyFile {
    private PolicyFile() {}

    /**
     * The values by their paths.
     *
     * @throws BadInput where it cannot be read, or is wrong: with line, column and what was expected
     */
    public static SortedMap<String, String> read(Path file) {
        try {
            return read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    static SortedMap<String, String> read(String source, String text) {
        Part file = Part.read(source, text);
        Map<String, Part> fields = file.fields("kind", "spec");
        if (fields.containsKey("kind")) {
            fields.get("kind").word(java.util.List.of("Policy"));
        }
        if (!fields.containsKey("spec")) {
            throw file.wrong("the policy has no spec", "Expected 'spec:' and below it what differs from the standard.");
        }
        return PolicyPart.values(fields.get("spec"));
    }
}
