package dev.muster.admission;

import java.util.Set;

/** Labels, annotations and the gate by which objects that were created past Muster are known; listed in docs/admission.md. */
public final class Marks {
    /** Everything below it is Muster's, but for what {@link #ASKED} lists. */
    static final String PREFIX = "muster.dev/";

    /** Label: the queue. */
    public static final String QUEUE = "muster.dev/queue";

    /** Label of a team's namespace; in a hub's, of each pod that a team's queue is charged with. */
    public static final String TEAM = "muster.dev/team";

    /** Label of a namespace that is no team's and whose pods may be of several: a notebook hub's. */
    public static final String HUB = "muster.dev/hub";

    /** Label: the role, for the team's defaults of that role. */
    public static final String ROLE = "muster.dev/role";

    /** Annotation of a pod: the gang that it belongs to. */
    public static final String GANG_NAME = "muster.dev/gang-name";

    /** Annotation of a pod: how many pods its gang has. */
    public static final String GANG_SIZE = "muster.dev/gang-size";

    /** Annotation of a pod: "true" where it may be deleted to make room. */
    public static final String EVICTABLE = "muster.dev/evictable";

    /** Label of a pod that the leader of a gang makes, as Spark's driver makes executors: the attempt that it is for. */
    public static final String EXECUTOR_OF = "muster.dev/executor-of";

    /** Label of a pod that the Spark operator's spark-submit makes: the SparkApplication that it is for. */
    public static final String APPLICATION = "muster.dev/spark-application";

    /** Annotation, written by the webhook: who created the object. */
    public static final String SUBMITTED_BY = "muster.dev/submitted-by";

    /** Label, written at the launch: the attempt. */
    public static final String ATTEMPT = "muster.dev/attempt";

    /** The scheduling gate of a pod that waits. */
    public static final String GATE = "muster.dev/queued";

    /** Annotation of a pod that Volcano reads: its PodGroup. */
    public static final String GROUP_NAME = "scheduling.k8s.io/group-name";

    /** Annotation of a pod that Volcano reads where it makes a PodGroup itself. */
    static final String VOLCANO_QUEUE = "scheduling.volcano.sh/queue-name";

    /** Annotation of a pod that Volcano reads: whether it may evict it. */
    static final String VOLCANO_PREEMPTABLE = "volcano.sh/preemptable";

    /** Label of Spark's pods: what they are. */
    public static final String SPARK_ROLE = "spark-role";

    /** Label of Spark's pods: its application, as its event log and a history server call it. */
    public static final String SPARK_APPLICATION = "spark-app-selector";

    /** What a user may say. */
    static final Set<String> ASKED =
            Set.of(QUEUE, TEAM, ROLE, GANG_NAME, GANG_SIZE, EVICTABLE, EXECUTOR_OF, APPLICATION);

    /** The scheduler of everything that Muster launches. */
    public static final String SCHEDULER = "volcano";

    private Marks() {}

    static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }
}
