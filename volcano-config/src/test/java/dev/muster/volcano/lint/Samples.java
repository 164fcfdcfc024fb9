package dev.muster.volcano.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Texts that the rules are tried on. */
final class Samples {
    private Samples() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By rule: a text in which it finds something at the line that says {@code # here}. */
    static Map<String, String> ofRules() {
        Map<String, String> samples = new LinkedHashMap<>();
        for (String part : text("samples.txt").split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                samples.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return samples;
    }
}
