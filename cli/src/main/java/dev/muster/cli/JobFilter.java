package dev.muster.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter of a list of jobs, as the service reads it. */
final class JobFilter {
    private final List<String> conditions = new ArrayList<>();

    JobFilter name(@Nullable String value) {
        return add("name", value);
    }

    JobFilter namePrefix(String beginning) {
        return add("name", beginning + "*");
    }

    /** Conditions that somebody wrote himself. */
    JobFilter also(@Nullable String written) {
        if (written != null && !written.isBlank()) {
            conditions.add(written.strip());
        }
        return this;
    }

    JobFilter queue(@Nullable String value) {
        return add("queue", value);
    }

    JobFilter set(@Nullable String value) {
        return add("set", value);
    }

    JobFilter states(Collection<String> any) {
        return any.isEmpty() ? this : add("state", String.join(",", any));
    }

    JobFilter label(String key, String value) {
        return add("label." + key, value);
    }

    @Nullable
    String text() {
        return conditions.isEmpty() ? null : String.join(" ", conditions);
    }

    private JobFilter add(String what, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            conditions.add(what + "=" + value);
        }
        return this;
    }
}
