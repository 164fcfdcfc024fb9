package dev.muster.cli.manifest;

import dev.muster.api.Job;
import dev.muster.api.JobTemplate;
import dev.muster.api.Pool;
import dev.muster.api.PriorityClass;
import dev.muster.api.Queue;
import dev.muster.api.Schedule;
import dev.muster.api.Team;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a document may be, in the order in which they are applied: what others name comes first. */
public enum Kind {
    PRIORITY_CLASS(PriorityClass.KIND, PriorityClass.class),
    POOL(Pool.KIND, Pool.class),
    QUEUE(Queue.KIND, Queue.class),
    TEAM(Team.KIND, Team.class),
    TEMPLATE(JobTemplate.KIND, JobTemplate.class),
    SCHEDULE(Schedule.KIND, Schedule.class),
    JOB(Job.KIND, Job.class);

    private final String word;
    private final Class<?> type;

    Kind(String word, Class<?> type) {
        this.word = word;
        this.type = type;
    }

    /** As it is written in a file. */
    public String word() {
        return word;
    }

    Class<?> type() {
        return type;
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }
}
