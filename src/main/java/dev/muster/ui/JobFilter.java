package dev.muster.ui;

import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.JobQuery;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a list of jobs is narrowed to: all that is said must hold; no states: any. It lives in the page's address. */
public record JobFilter(
        Set<JobState> states,
        @Nullable String team,
        @Nullable String queue,
        @Nullable String name,
        @Nullable String reason,
        @Nullable String by,
        @Nullable String priority,
        @Nullable String set) {
    static final JobFilter ALL = new JobFilter(Set.of(), null, null, null, null, null, null, null);

    public JobFilter {
        states = states.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(states));
        team = blankIsNull(team);
        queue = blankIsNull(queue);
        name = blankIsNull(name);
        reason = blankIsNull(reason);
        by = blankIsNull(by);
        priority = blankIsNull(priority);
        set = blankIsNull(set);
    }

    /** What people, and old links, put into the address: states that do not exist are left out. */
    static JobFilter of(
            Collection<String> states,
            @Nullable String team,
            @Nullable String queue,
            @Nullable String name,
            @Nullable String reason) {
        Set<JobState> known = EnumSet.noneOf(JobState.class);
        Arrays.stream(JobState.values()).filter(s -> states.contains(s.name())).forEach(known::add);
        return new JobFilter(known, team, queue, name, reason, null, null, null);
    }

    /** Of this person; null: of whom ever. */
    JobFilter by(@Nullable String person) {
        return new JobFilter(states, team, queue, name, reason, person, priority, set);
    }

    /** Of this priority class; null: of any. */
    JobFilter priority(@Nullable String other) {
        return new JobFilter(states, team, queue, name, reason, by, other, set);
    }

    /** Of this set of jobs; null: of any, or none. */
    JobFilter set(@Nullable String other) {
        return new JobFilter(states, team, queue, name, reason, by, priority, other);
    }

    /** With this state added, or taken out where it is in. */
    JobFilter toggled(JobState state) {
        Set<JobState> toggled = EnumSet.noneOf(JobState.class);
        toggled.addAll(states);
        if (!toggled.remove(state)) {
            toggled.add(state);
        }
        return new JobFilter(toggled, team, queue, name, reason, by, priority, set);
    }

    /** The store's question; empty where a name is none that anything can have, so that nothing matches. */
    Optional<JobQuery> query(int limit) {
        try {
            return Optional.of(JobQuery.newest(limit)
                    .in(team == null ? null : new TeamName(team))
                    .inQueue(queue == null ? null : new QueueName(queue))
                    .in(states)
                    .of(priority == null ? null : new PriorityClassName(priority))
                    .submittedBy(by)
                    .beginning(name)
                    .waitingFor(reason)
                    .of(set == null ? null : new JobSetName(set)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the store's answer to {@link #query(int)} would hold this job. */
    boolean matches(Job job) {
        boolean waits = job.state() == JobState.QUEUED || job.state() == JobState.BLOCKED;
        return (states.isEmpty() || states.contains(job.state()))
                && (team == null || team.equals(job.team().value()))
                && (queue == null || queue.equals(job.spec().queue().value()))
                && (by == null || by.equals(job.submittedBy()))
                && (priority == null
                        || priority.equals(job.spec().priorityClass().value()))
                && (set == null
                        || (job.spec().set() != null
                                && set.equals(job.spec().set().value())))
                && (name == null || job.spec().name().startsWith(name))
                && (reason == null
                        || (waits
                                && !job.reasons().isEmpty()
                                && reason.equals(job.reasons().get(0).code().name())));
    }

    public boolean isEmpty() {
        return equals(ALL);
    }

    /** All but the states, by the names that they have in an address. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("team", team);
        fields.put("queue", queue);
        fields.put("name", name);
        fields.put("reason", reason);
        fields.put("by", by);
        fields.put("priority", priority);
        fields.put("set", set);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    /** As the query of an address, without the question mark; empty where nothing is narrowed. */
    public String query() {
        StringJoiner query = new StringJoiner("&");
        states.forEach(state -> query.add("state=" + state.name()));
        fields().forEach((key, value) -> query.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    public String href() {
        return isEmpty() ? "/ui/jobs" : "/ui/jobs?" + query();
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
