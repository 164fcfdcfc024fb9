package dev.muster.web;

import dev.muster.catalogue.Precondition;
import dev.muster.problem.MusterException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The headers If-Match and If-None-Match, and the etag that a body brings along, as what the writer believes. */
final class IfMatch {
    private IfMatch() {}

    /** {@code header} wins over {@code etag}; {@code noneMatch} may only be {@code *}. */
    static Precondition of(@Nullable String header, @Nullable String noneMatch, @Nullable String etag) {
        if (noneMatch != null) {
            if (!noneMatch.strip().equals("*") || header != null) {
                throw MusterException.invalidParameter("If-None-Match", noneMatch, "* and no If-Match");
            }
            return Precondition.ABSENT;
        }
        String text = header == null ? etag : header;
        if (text == null) {
            return Precondition.NONE;
        }
        if (text.strip().equals("*")) {
            return Precondition.EXISTS;
        }
        Set<Long> versions = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            versions.add(version(part.strip(), text));
        }
        return Precondition.of(versions);
    }

    static Precondition of(@Nullable String header) {
        return of(header, null, null);
    }

    /** Of one job: the version, or null where any will do. */
    static @Nullable Long version(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        return version(header.strip(), header);
    }

    private static long version(String part, String whole) {
        String bare = part.length() > 1 && part.startsWith("\"") && part.endsWith("\"")
                ? part.substring(1, part.length() - 1)
                : part;
        if (!bare.matches("\\d{1,18}")) {
            throw MusterException.invalidParameter("If-Match", whole, "the etag that you read, such as \"3\", or *");
        }
        return Long.parseLong(bare);
    }
}
