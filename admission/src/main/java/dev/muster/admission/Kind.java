package dev.muster.admission;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of objects that are looked at. */
public enum Kind {
    POD("", "pods", "Pod"),
    JOB("batch", "jobs", "Job"),
    VOLCANO_JOB("batch.volcano.sh", "jobs", "Volcano Job"),
    POD_GROUP("scheduling.volcano.sh", "podgroups", "PodGroup"),
    SPARK_APPLICATION("sparkoperator.k8s.io", "sparkapplications", "SparkApplication"),
    SCHEDULED_SPARK_APPLICATION("sparkoperator.k8s.io", "scheduledsparkapplications", "ScheduledSparkApplication");

    private final String group;
    private final String resource;
    private final String word;

    Kind(String group, String resource, String word) {
        this.group = group;
        this.resource = resource;
        this.word = word;
    }

    public String group() {
        return group;
    }

    public String resource() {
        return resource;
    }

    /** As it is called in sentences. */
    public String word() {
        return word;
    }

    static Optional<Kind> of(String group, String resource) {
        return Arrays.stream(values())
                .filter(kind -> kind.group.equals(group) && kind.resource.equals(resource))
                .findFirst();
    }
}
