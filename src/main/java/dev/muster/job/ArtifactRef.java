package dev.muster.job;

import java.util.regex.Pattern;

/** A file that a job brings along: its content by SHA-256 in lower-case hex, and what it is called where its pods find it. */
public record ArtifactRef(String name, String sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public ArtifactRef {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s': expected the name of a file without a directory, 1 to 100 of A-Z, a-z, 0-9, '.', '_', '-', a letter or digit first"
                            .formatted(shortened(name)));
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "'%s': expected a SHA-256, 64 digits of 0-9 and a-f".formatted(shortened(sha256)));
        }
    }

    private static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
