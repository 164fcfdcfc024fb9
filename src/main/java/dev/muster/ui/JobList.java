package dev.muster.ui;

import dev.muster.job.JobState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs, newest first. {@code outside} are the ids of rows that the filter does not match any more, {@code first}: the
 * page begins with the newest, so a newer job would come before it.
 */
public record JobList(
        Frame frame,
        JobFilter filter,
        List<Chip> chips,
        List<String> teams,
        List<String> queues,
        List<String> reasons,
        List<JobRow> rows,
        Set<String> outside,
        boolean first,
        boolean maySteer,
        @Nullable String nextPageToken) {
    /** A state that may be added to the filter or taken out of it. */
    public record Chip(StateMark state, boolean on, String href, String text) {}

    static List<Chip> chips(JobFilter filter, Map<JobState, Long> counts) {
        return Arrays.stream(JobState.values())
                .map(state -> new Chip(
                        new StateMark(state),
                        filter.states().contains(state),
                        filter.toggled(state).href(),
                        String.format(Locale.ENGLISH, "%,d", counts.getOrDefault(state, 0L))))
                .toList();
    }

    public int mostCompared() {
        return ComparePages.MOST;
    }

    /** The same for what the reader has submitted; again: for all. */
    public String mineHref() {
        String viewer = frame.viewer();
        return filter.by(viewer != null && viewer.equals(filter.by()) ? null : viewer)
                .href();
    }

    public boolean mine() {
        return filter.by() != null && filter.by().equals(frame.viewer());
    }

    public @Nullable String nextHref() {
        if (nextPageToken == null) {
            return null;
        }
        String token = "page=" + URLEncoder.encode(nextPageToken, StandardCharsets.UTF_8);
        return "/ui/jobs?" + (filter.isEmpty() ? token : filter.query() + "&" + token);
    }
}
