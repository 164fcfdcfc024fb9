package dev.muster.volcano.lint;

/**
 * What the linter knows of Volcano: each rule's usual severity, and why, grounded in Volcano's code, its issues, or in what was
 * seen on a real one. {@code docs/volcano-lint.md} has a heading for each.
 */
public enum Rule {
    NOT_READABLE(
            Severity.ERROR,
            "Volcano logs one line and goes on with the configuration that it had; at its start it silently takes "
                    + "the one that is built in. With `--disable-default-scheduler-config` the process ends instead."),
    WRONG_FORM(
            Severity.ERROR,
            "Volcano's parser refuses the whole text where one field has another form than its code declares (a "
                    + "list for a text, a text for a switch), and goes on with the configuration that it had, or with the "
                    + "one that is built in."),
    NO_ACTIONS(
            Severity.ERROR,
            "An empty list of actions is read as one action with an empty name, which is unknown: the whole "
                    + "configuration is refused and the one before it stays in force."),
    UNKNOWN_ACTION(
            Severity.ERROR,
            "One unknown action (\"failed to find Action …\") makes Volcano refuse the whole configuration. Names "
                    + "are all lower case; some of Volcano's own pages write gangPreempt, and `elect` and `reserve` were "
                    + "removed."),
    UNKNOWN_KEY(
            Severity.ERROR,
            "Keys are read without checking: what Volcano does not know it passes over without a word, so what "
                    + "was meant is not in force."),
    WRONG_FLAG_NAME(
            Severity.ERROR,
            "Some switches begin with `enable`, some with `enabled`. The other spelling is passed over without a "
                    + "word, and the switch keeps its default, which is on for nearly all."),
    REPEATED_KEY(Severity.WARNING, "The last one counts, without a word; the first is what a reader sees."),
    MORE_THAN_ONE_DOCUMENT(Severity.WARNING, "Volcano reads the first YAML document of the text and no other."),
    UNKNOWN_PLUGIN(
            Severity.ERROR,
            "An unknown plugin is logged at every cycle of the scheduler and left out: none of its votes is cast."),
    REPEATED_PLUGIN(
            Severity.WARNING,
            "Nothing refuses a plugin that is there twice. Its votes are registered twice under one name, and "
                    + "which arguments it runs with depends on the order of tiers."),
    UNKNOWN_ARGUMENT(
            Severity.ERROR,
            "Arguments are looked up by name. One that no code looks up is passed over without a word."),
    UNUSED_ARGUMENTS(Severity.NOTE, "Arguments of an action that is not in `actions` are never read."),
    NOT_A_NUMBER(
            Severity.ERROR,
            "A whole-number argument must be one in YAML: \"10\" in quotes and 10.0 are logged once (\"Could not "
                    + "parse argument\") and the default is used."),
    DEADLY_ARGUMENT(
            Severity.ERROR,
            "The code takes this value without looking at its form: a wrong one ends the scheduler's process, at "
                    + "once and at every later start. The check at reload does not see it, for arguments are read later "
                    + "(volcano-sh/volcano#5749)."),
    VALUE_WITHOUT_EFFECT(
            Severity.WARNING,
            "The code takes only values in its range and uses the default for others, with one line in the log or "
                    + "none."),
    GPU_MODES_TOGETHER(
            Severity.ERROR,
            "Sharing GPUs by memory, by number, and virtual GPUs exclude each other: the plugin ends the "
                    + "scheduler's process where two are on."),
    ALLOCATE_MISSING(
            Severity.ERROR,
            "`allocate` is the action that places pods. Without it nothing with a request is ever placed: "
                    + "`backfill` takes only pods that request nothing."),
    GANG_MISSING(
            Severity.ERROR,
            "The plugin `gang` is what binds all pods of a PodGroup or none. Without it pods are bound one by "
                    + "one, and half a gang holds nodes while it waits for the other half."),
    PREDICATES_MISSING(
            Severity.ERROR,
            "The plugin `predicates` looks at node affinity, taints, ports and volumes. Without it a pod is bound "
                    + "to any node with room: the pools that Muster chose mean nothing."),
    QUOTA_MISSING(
            Severity.WARNING,
            "Neither `capacity` nor `proportion` is there: a queue's `capability` is never looked at, so what is "
                    + "created past Muster has no limit at all."),
    TWO_QUOTA_PLUGINS(
            Severity.ERROR,
            "`capacity` and `proportion` both decide what a queue may have, one by `deserved`, one by `weight`. "
                    + "Both are asked, and a pod needs both: queues get the smaller of two unrelated numbers. Volcano's "
                    + "pages say to choose one; nothing refuses both."),
    PROPORTION_BY_WEIGHT(
            Severity.WARNING,
            "`proportion` computes each queue's share from `weight` alone and refuses what is above it while more "
                    + "is asked than there is. Muster's queues have `guarantee`, `deserved` and borrowing, which "
                    + "`proportion` does not know: what Muster starts it may hold back."),
    HIERARCHY_WITH_PROPORTION(
            Severity.ERROR,
            "`drf` with `enableHierarchy` and `proportion` contradict each other. In one tier Volcano refuses the "
                    + "configuration; in two tiers it takes both, and both order the queues."),
    HIERARCHY_STOPS_ALL(
            Severity.NOTE,
            "With a tree of queues, one fault in it (a parent that does not exist, a cycle, a job in a queue that "
                    + "has children) makes `capacity` refuse enqueue, allocate and reclaim for all queues of the cluster, "
                    + "with one line at log level 3 (volcano-sh/volcano#4684, #4819, #4673)."),
    PARENT_WITHOUT_DESERVED(
            Severity.WARNING,
            "Volcano's webhook refuses a child's `deserved` where the parent has none, and without the webhook "
                    + "the child's share is above its parent's, so it counts for nothing in a comparison of parents."),
    SPREADING_AGAINST_BINPACK(
            Severity.WARNING,
            "Scores add up. `nodeorder` scores empty nodes higher (`leastrequested.weight` and "
                    + "`balancedresource.weight` are 1 unless set), `binpack` scores full ones higher: with both, a slope "
                    + "of +1 meets one of −1 and pods are spread nearly at random, so no room is left in one piece for the "
                    + "next gang. `podtopologyspread.weight` is 2 unless set: Kubernetes then spreads pods that a Service "
                    + "selects over nodes and zones, and every gang of two or more has a Service, for its host names."),
    SCARCE_NOT_PACKED(
            Severity.WARNING,
            "`binpack` looks at cpu and memory alone unless `binpack.resources` lists more: pods with one GPU "
                    + "each are put on as many GPU nodes as there are, and no node keeps eight free (volcano-"
                    + "sh/volcano#1844)."),
    NOT_PACKED(
            Severity.WARNING,
            "Without `binpack` pods are spread: the free room of the cluster is in small pieces, and a gang whose "
                    + "pods are large waits although the sum would do."),
    ENQUEUE_HIDES_WAITING(
            Severity.WARNING,
            "`enqueue` keeps a PodGroup Pending while its queue is full, and `preempt` and `reclaim` look only at "
                    + "PodGroups that are past it: with full queues they never see who they should make room for (volcano-"
                    + "sh/volcano#569, #3910, #4679)."),
    RIGID_GANGS_NEVER_VICTIMS(
            Severity.WARNING,
            "With `gang` voting on preemption only pods above a gang's minimum may be evicted. A gang whose "
                    + "minimum is its size is never a victim, so `preempt` does nothing among such gangs (volcano-"
                    + "sh/volcano#3332)."),
    PREEMPT_BREAKS_GANGS(
            Severity.WARNING,
            "With `enablePreemptable: false` the plugin `gang` has no say: `preempt` may evict one pod of a gang "
                    + "that needs all. The rest keeps its nodes and can do nothing."),
    RECLAIM_SPARES_RIGID_GANGS(
            Severity.NOTE,
            "With `gang` voting, `reclaim` takes only pods above a gang's minimum: a queue full of gangs without "
                    + "such pods keeps what it has, however far above its `deserved` it is."),
    MIXED_EVICTIONS(
            Severity.WARNING,
            "`gangpreempt` and `gangreclaim` replace `preempt` and `reclaim`; their design says not to mix them. "
                    + "Together they evict for one job twice, by different rules."),
    GANG_ACTIONS_IGNORE_FLAGS(
            Severity.WARNING,
            "`gangpreempt` and `gangreclaim` do not look at `enablePreemptable` and `enableReclaimable`: a plugin "
                    + "that was switched off still votes (volcano-sh/volcano#5929)."),
    GANGRECLAIM_BEYOND_ANCESTOR(
            Severity.WARNING,
            "`gangreclaim` does not look at `ancestorReclaimLevel`: it takes from queues that this setting was to "
                    + "protect (volcano-sh/volcano#5964)."),
    SHUFFLE_WITH_PDB(
            Severity.ERROR,
            "`shuffle` evicts everything that any plugin names, and `pdb` names every running pod that has a "
                    + "label and whose disruption budget allows it: together they evict nearly everything that runs."),
    FILTERS_IN_SEVERAL_TIERS(
            Severity.ERROR,
            "Who may be evicted is decided by the first tier whose plugins agree on somebody; later tiers are not "
                    + "asked. `conformance` agrees to nearly every pod, so with the queue plugin in a later tier nobody "
                    + "looks at `deserved` and `guarantee`: `reclaim` takes from queues below their share (volcano-"
                    + "sh/volcano#5896: 18 evictions instead of 16, then a cascade). Volcano's own default and its guide "
                    + "for `capacity` are written so."),
    ORDER_OF_FILTERS(
            Severity.WARNING,
            "Inside a tier, when two plugins agree on nobody, the next plugin fills the list again with its own "
                    + "choice (volcano-sh/volcano#5963). Only the last plugin's refusal is final, so the strictest has to "
                    + "stand last."),
    LATER_TIERS_OVERRULE(
            Severity.ERROR,
            "A tier that agrees on nobody is not a refusal: the next tier is asked. `drf` in a later tier then "
                    + "names pods of gangs that the first tier protected. Seen on a real Volcano: one pod of a running gang "
                    + "of five was evicted for another gang of the same queue and priority, which could not start either."),
    VOLCANO_EVICTS(
            Severity.WARNING,
            "Muster decides who gives way, in whole gangs and with a reason that is told. What Volcano evicts "
                    + "beside it is told to nobody: its event names no preemptor, and the room may go to another than the "
                    + "one it was made for."),
    OVERCOMMIT_BEYOND_QUOTA(
            Severity.WARNING,
            "`overcommit` lets PodGroups past `enqueue` up to its factor (1.2 unless set) of the cluster, "
                    + "whatever `capacity` or `proportion` then allow: pods are created that cannot run, and hold the "
                    + "places of others in the line."),
    DRF_BEFORE_GANG(
            Severity.WARNING,
            "The first plugin with an opinion orders the jobs. `drf` before `gang` and `priority` puts the job "
                    + "with the smallest share first: a gang that has half of its pods comes after every newcomer, and "
                    + "priorities count only between equal shares (volcano-sh/volcano#5805)."),
    BACKFILL_NO_REQUESTS(
            Severity.NOTE,
            "`backfill` places only pods that request nothing. It does not let small jobs pass a large one that "
                    + "waits (volcano-sh/volcano#2384); Muster does that itself, with reservations."),
    SLA_RESERVES_NOTHING(
            Severity.NOTE,
            "After its waiting time `sla` puts a job first and lets it past `enqueue`; it keeps no node free for "
                    + "it. A large gang goes on being overtaken by what fits."),
    USAGE_WITHOUT_METRICS(
            Severity.ERROR,
            "`usage` scores by measured load, which it gets from the source in `metrics:` at the top of the text. "
                    + "Without that it has no numbers, and with thresholds it may shut nodes out or not at all, as it "
                    + "happens."),
    STRICT_GROUPS(
            Severity.NOTE,
            "`nodegroup` is strict unless it is told otherwise: a node without the label `volcano.sh/nodegroup-"
                    + "name` takes nobody, and a pod of a queue without `affinity` fits nowhere but on such nodes.");

    private final Severity severity;
    private final String why;

    Rule(Severity severity, String why) {
        this.severity = severity;
        this.why = why;
    }

    public Severity severity() {
        return severity;
    }

    /** What happens and why, for a reader who has never seen Volcano's code. */
    public String why() {
        return why;
    }
}
