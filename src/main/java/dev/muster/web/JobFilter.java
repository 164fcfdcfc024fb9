package dev.muster.web;

import dev.muster.job.JobState;
import dev.muster.postgres.JobQuery;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.ReasonCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of jobs: conditions with blanks between, all of which must hold.
 *
 * <pre>state=QUEUED,RUNNING  queue=NAME  priorityClass=NAME  array=ID  set=NAME  by=ACTOR  reason=CODE  label.KEY=VALUE
 * name=NAME  name=BEGINNING*  name~BEGINNING</pre>
 */
final class JobFilter {
    private static final String GRAMMAR =
            "conditions like state=QUEUED,RUNNING queue=x priorityClass=x array=ID set=x by=x reason=CODE label.key=x name=x name~beginning";
    private static final int LONGEST = 2_000;

    private final String text;
    private final Set<JobState> states = EnumSet.noneOf(JobState.class);
    private final Map<String, String> labels = new HashMap<>();
    private @Nullable QueueName queue;
    private @Nullable PriorityClassName priorityClass;
    private @Nullable JobId array;
    private @Nullable JobSetName set;
    private @Nullable String submittedBy;
    private @Nullable String name;
    private @Nullable String namePrefix;
    private @Nullable String waitsFor;

    private JobFilter(String text) {
        this.text = text;
    }

    /** @throws MusterException where the text is no filter */
    static JobFilter parse(@Nullable String text) {
        JobFilter filter = new JobFilter(text == null ? "" : text.strip());
        if (filter.text.length() > LONGEST) {
            throw filter.refused("at most " + LONGEST + " characters");
        }
        if (!filter.text.isEmpty()) {
            Set<String> seen = new HashSet<>();
            for (String condition : filter.text.split("\\s+")) {
                filter.condition(condition, seen);
            }
        }
        return filter;
    }

    JobQuery query(@Nullable TeamName team, JobOrder order, JobQuery.@Nullable Cursor after, int limit) {
        return JobQuery.newest(limit)
                .in(team)
                .inQueue(queue)
                .in(states)
                .of(priorityClass)
                .submittedBy(submittedBy)
                .called(name)
                .beginning(namePrefix)
                .waitingFor(waitsFor)
                .labelled(labels)
                .of(array)
                .of(set)
                .by(order.by(), order.descending())
                .after(after);
    }

    private void condition(String condition, Set<String> seen) {
        int at = indexOfOperator(condition);
        if (at < 1 || at == condition.length() - 1) {
            throw refused(GRAMMAR);
        }
        String field = condition.substring(0, at);
        String value = condition.substring(at + 1);
        boolean isPrefix = condition.charAt(at) == '~';
        if (isPrefix && !field.equals("name")) {
            throw refused("'~' after name only");
        }
        if (!seen.add(field)) {
            throw refused("each condition once, found '%s' twice".formatted(field));
        }
        if (field.startsWith("label.")) {
            labels.put(field.substring("label.".length()), value);
            return;
        }
        switch (field) {
            case "state" -> Arrays.stream(value.split(",")).forEach(this::state);
            case "queue" -> queue = Parameters.name("queue in filter", value, QueueName::new);
            case "priorityClass" ->
                priorityClass = Parameters.name("priorityClass in filter", value, PriorityClassName::new);
            case "array" -> array = Parameters.name("array in filter", value, JobId::new);
            case "set" -> set = Parameters.name("set in filter", value, JobSetName::new);
            case "by" -> submittedBy = value;
            case "reason" -> waitsFor = reason(value);
            case "name" -> name(value, isPrefix);
            default -> throw refused(GRAMMAR);
        }
    }

    private void name(String value, boolean isPrefix) {
        if (isPrefix) {
            namePrefix = value;
        } else if (value.endsWith("*")) {
            namePrefix = value.substring(0, value.length() - 1);
        } else {
            name = value;
        }
    }

    private void state(String value) {
        try {
            states.add(JobState.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw refused("states among " + Arrays.toString(JobState.values()));
        }
    }

    private String reason(String value) {
        if (Arrays.stream(ReasonCode.values()).noneMatch(code -> code.name().equals(value))) {
            throw refused("a reason among " + Arrays.toString(ReasonCode.values()));
        }
        return value;
    }

    private MusterException refused(String expected) {
        return MusterException.invalidParameter("filter", text, expected);
    }

    private static int indexOfOperator(String condition) {
        for (int i = 0; i < condition.length(); i++) {
            if (condition.charAt(i) == '=' || condition.charAt(i) == '~') {
                return i;
            }
        }
        return -1;
    }
}
