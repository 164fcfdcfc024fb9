package dev.muster.job;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a job beyond its runs: {@code ttlAfterFinished} after its end it is deleted; null: only the service's own retention
 * counts. {@code endless}: it is a service, which is started again whatever it ended with, until somebody cancels it.
 * {@code callbacks}: who is told how it stands. {@code inherited}: who said what it did not say itself, by pointer into its spec.
 * {@code artifacts}: the files that it brings along. {@code costCentre}: who pays; null: its team. {@code interactive}: a session, which
 * a person uses; null: none. {@code idleTimeout}: ended when nobody has used it for so long; null: never.
 */
public record Life(
        @Nullable Duration ttlAfterFinished,
        boolean endless,
        List<Callback> callbacks,
        SortedMap<String, String> inherited,
        List<ArtifactRef> artifacts,
        @Nullable String costCentre,
        @Nullable Interactive interactive,
        @Nullable Duration idleTimeout) {
    /** Where nothing is said. */
    public static final Life USUAL = new Life(null, false, List.of());

    public Life(@Nullable Duration ttlAfterFinished, boolean endless, List<Callback> callbacks) {
        this(ttlAfterFinished, endless, callbacks, Collections.emptySortedMap(), List.of(), null, null, null);
    }

    public Life {
        callbacks = List.copyOf(callbacks);
        artifacts = artifacts == null ? List.of() : List.copyOf(artifacts);
        // Sorted, so that jobs which ask the same are written as the same text; rows of before have none.
        inherited = inherited == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(inherited));
    }

    /** The same, with more that others said. */
    public Life inheriting(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(inherited);
        all.putAll(more);
        return new Life(ttlAfterFinished, endless, callbacks, all, artifacts, costCentre, interactive, idleTimeout);
    }

    /** The same, paid by others. */
    public Life paidBy(@Nullable String centre) {
        return new Life(ttlAfterFinished, endless, callbacks, inherited, artifacts, centre, interactive, idleTimeout);
    }

    /** The same with these files. */
    public Life with(List<ArtifactRef> files) {
        return new Life(ttlAfterFinished, endless, callbacks, inherited, files, costCentre, interactive, idleTimeout);
    }

    /** The same, used by a person, and ended when nobody has for so long. */
    public Life used(@Nullable Interactive through, @Nullable Duration idle) {
        return new Life(ttlAfterFinished, endless, callbacks, inherited, artifacts, costCentre, through, idle);
    }
}
