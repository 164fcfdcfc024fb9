package dev.muster.kubernetes;

/** Labels and annotations of the objects that Muster makes, and those that Volcano reads; listed in docs/kubernetes.md. */
public final class Labels {
    /** The id of the installation that made the object and may remove it. */
    public static final String INSTALLATION = "muster.dev/installation";

    /** The attempt, {@code <job>-<number>}: a label, shortened where it is too long for one, and whole as an annotation. */
    public static final String ATTEMPT = "muster.dev/attempt";

    public static final String JOB = "muster.dev/job";
    public static final String TEAM = "muster.dev/team";
    public static final String ROLE = "muster.dev/role";
    public static final String INDEX = "muster.dev/index";

    /** On a pod: the pool that it was made for. On a node: the pool that it belongs to, whatever else it is labelled with. */
    public static final String POOL = "muster.dev/pool";

    /** On a pod above the minimum of its role. */
    public static final String ELASTIC = "muster.dev/elastic";

    /** On a pod that keeps room for one of a gang while nodes for it are asked for. */
    public static final String PLACEHOLDER = "muster.dev/placeholder";

    /** On a placeholder that asks for the next node of a pod whose own is being taken back. */
    public static final String FORERUNNER = "muster.dev/forerunner";

    /** On a pod that keeps a node there until somebody needs it: the installation. */
    public static final String WARM = "muster.dev/warm";

    /** On a PodGroup, an annotation: how many pods of which role go to which pool. */
    public static final String GANG = "muster.dev/gang";

    /** On a PodGroup and its pods, an annotation: what people call the job. */
    public static final String JOB_NAME = "muster.dev/job-name";

    /** On a Pod, an annotation: the PodGroup that it belongs to. */
    public static final String GROUP_NAME = "scheduling.k8s.io/group-name";

    /** On a Pod, an annotation: which of the group's tasks it is, for {@code minTaskMember}. */
    public static final String TASK_SPEC = "volcano.sh/task-spec";

    /** On a PodGroup, an annotation: the roles whose pods the leader makes, with commas between. */
    public static final String MADE_BY_LEADER = "muster.dev/made-by-leader";

    /** On a PodGroup, an annotation: the roles whose pods an operator makes once the group is there, with commas between. */
    public static final String MADE_BY_OPERATOR = "muster.dev/made-by-operator";

    /** On a pod that a leader makes, such as Spark's executors: the attempt that it is for. */
    public static final String EXECUTOR_OF = "muster.dev/executor-of";

    /** On a pod of Spark that its driver gives up: from 3.3 on Spark puts it there where it is told to. */
    public static final String DECOMMISSIONED = "muster.dev/decommissioned";

    /** The scheduling gate of a pod that waits for its gang. */
    static final String GATE = "muster.dev/queued";

    private Labels() {}
}
