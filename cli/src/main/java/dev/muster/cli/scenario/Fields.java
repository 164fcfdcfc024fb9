package dev.muster.cli.scenario;

import static dev.muster.cli.scenario.Field.needed;
import static dev.muster.cli.scenario.Field.of;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import dev.muster.quota.queue.QueueState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every field of a scenario file: what the reader takes, the schema allows and docs/scenarios.md lists, in one order. */
final class Fields {
    static final int MOST_NODES = 100_000;
    static final int MOST_PODS = 100_000;
    static final int MOST_TIMES = 1_000_000;
    static final int MOST_WEIGHT = 1_000_000;
    static final List<String> STATES =
            Arrays.stream(QueueState.values()).map(Enum::name).toList();

    static final List<String> BREAKERS =
            Arrays.stream(BreakerState.values()).map(Enum::name).toList();

    private static final Form COUNT = Form.whole(0, MOST_TIMES);
    private static final Form NAME = Form.NAME;
    private static final String NOTHING = "nothing";
    private static final Map<Place, List<Field>> ALL = new EnumMap<>(Place.class);

    static {
        ALL.put(
                Place.FILE,
                List.of(
                        of("story", Form.TEXT, "the file's name", "One sentence: what happens, and why."),
                        of("now", Form.POINT, "2026-01-05T09:00:00Z", "When it plays."),
                        of(
                                "policy",
                                Form.POLICY,
                                "the standard",
                                "What an operator may tune, nested as in `muster policy`."),
                        of(
                                "priorityClasses",
                                Form.mapOf(Place.PRIORITY_CLASS),
                                "routine 2, urgent 10, exceptional 50, rush 100",
                                "Further priority classes, or other values of these."),
                        of(
                                "pauses",
                                Form.listOf(Place.PAUSE),
                                "none",
                                "Where operators want that nothing is launched or ended."),
                        needed("pools", Form.mapOf(Place.POOL), "The nodes."),
                        of(
                                "growth",
                                Form.listOf(Place.GROWTH),
                                "none: no pool grows",
                                "By what pools may grow that is not there yet."),
                        needed("queues", Form.mapOf(Place.QUEUE), "The queue tree."),
                        of("running", Form.listOf(Place.RUNNING), "none", "Jobs that hold nodes."),
                        of("pending", Form.listOf(Place.PENDING), "none", "Jobs that wait."),
                        of(
                                "crooked",
                                Form.FLAG,
                                "false",
                                "The queues need not make sense together; the planner makes of them what it can."),
                        of("evictedLately", COUNT, "0", "How many gangs were evicted in the last minute."),
                        of(
                                "launchedLately",
                                Form.listOf(Place.PAST_LAUNCH),
                                "none",
                                "Launches of the last minute that have ended: limits on launches count them."),
                        of("expect", Form.TEXTS, "nothing is checked", "What the plan says: see below."),
                        of(
                                "then",
                                new Form(
                                        "list of lists like `expect`",
                                        Form.ordered("type", "array", "items", Form.TEXTS.schema())),
                                "nothing is checked",
                                "What the next plans say, each made of what the one before it left.")));
        ALL.put(
                Place.PRIORITY_CLASS,
                List.of(
                        needed(
                                "value",
                                Form.whole(-PriorityClass.HIGHEST, PriorityClass.HIGHEST),
                                "The higher goes first in its queue."),
                        of("preempts", Form.FLAG, "false", "May end jobs of a lower priority in its own queue.")));
        ALL.put(
                Place.PAUSE,
                List.of(
                        of("queue", NAME, "the whole cluster", "This queue and all below it."),
                        of("by", Form.TEXT, "somebody", "Who paused."),
                        of("why", Form.TEXT, "no reason given", "Why."),
                        of("since", Form.AGO, "now", "Since when.")));
        ALL.put(
                Place.POOL,
                and(
                        List.of(
                                needed(
                                        "nodes",
                                        Form.whole(0, MOST_NODES).or(Form.listOf(Place.NODE)),
                                        "How many equal nodes `<pool>-0, <pool>-1, …`; or each with what differs from the pool."),
                                of(
                                        "zones",
                                        Form.TEXTS,
                                        "none",
                                        "Zones over which counted nodes are spread, one after the other.")),
                        shape()));
        ALL.put(Place.NODE, and(List.of(of("name", Form.SUBDOMAIN, "`<pool>-<number>`", "The node's name.")), shape()));
        ALL.put(
                Place.GROWTH,
                List.of(
                        needed("offering", Form.TEXT, "`pool/capacity/zone/instance-type`; `-` for what is not said."),
                        needed("nodes", Form.whole(0, MOST_NODES), "How many more nodes may come."),
                        of("min", Form.whole(0, MOST_NODES), "0", "How many it has at least."),
                        of("most", Form.whole(0, MOST_NODES), "`nodes`", "How many it has at most."),
                        of("asked", Form.whole(0, MOST_NODES), "0", "How many others wait for, beside `nodes`."),
                        of("holders", Form.whole(0, MOST_NODES), "0", "How many gangs wait for those."),
                        of("breaker", Form.words(BREAKERS), "CLOSED", "Whether it is asked for nodes."),
                        of("halfOpen", Form.AHEAD, "an operator says when", "When an open breaker lets one gang try."),
                        of(
                                "within",
                                Form.whole(0, MOST_NODES),
                                "0",
                                "How many of `nodes` one gang may ask for although the breaker is open: such as were lost."),
                        of("deadline", Form.LENGTH, "10m", "How long nodes are waited for."),
                        of("success", Form.TEXT, "1", "How likely a node comes, above 0 up to 1."),
                        of("price", Form.TEXT, "unknown", "Of a node for an hour."),
                        of("others", Form.OTHERS, "none", "Amounts of resources with unusual names."),
                        of("labels", Form.LABELS, "`muster.dev/pool`", "Further labels of a node that comes."),
                        of("zone", Form.TEXT, "none", "Short for the label `topology.kubernetes.io/zone`."),
                        of("taints", Form.TAINTS, "none", "As kubectl writes them."),
                        of("maxPods", Form.whole(1, 10_000), "110", "The node's pod limit.")));
        ALL.put(
                Place.QUEUE,
                List.of(
                        of("parent", NAME, "none: at the top", "The queue above it."),
                        of(
                                "queues",
                                Form.mapOf(Place.QUEUE),
                                "none",
                                "The queues below it: the same as to name it their `parent`."),
                        of("guarantee", Form.AMOUNTS, NOTHING, "Kept for it even when idle."),
                        of(
                                "deserved",
                                Form.AMOUNTS,
                                "its guarantee",
                                "What it may always win back; others may borrow it while idle."),
                        of("capability", Form.AMOUNTS, "no limit", "The most it may hold; 0 forbids a resource."),
                        of("weight", Form.whole(1, MOST_WEIGHT), "1", "Its part of what is left over."),
                        of("weights", Form.WEIGHTS, "its weight", "Weights of single resources."),
                        of(
                                "state",
                                Form.words(STATES),
                                "OPEN",
                                "CLOSED launches what waits and takes no more; DRAINING launches none."),
                        of("fence", Form.FLAG, "false", "For jobs below it nobody outside is ended."),
                        of(
                                "pools",
                                Form.mapOf(Place.POOL_AMOUNTS),
                                "none",
                                "Amounts in single pools, beside those over all."),
                        of(
                                "limits",
                                Form.listOf(Place.LIMIT),
                                "none",
                                "What each user or a priority class may hold in it."),
                        of(
                                "recentUse",
                                Form.AMOUNTS,
                                "what it holds",
                                "What it used of late; where one queue says it, turns go by it."),
                        of("aboveSince", Form.AGO, "now", "Since when it has held more than its capability.")));
        ALL.put(
                Place.POOL_AMOUNTS,
                List.of(
                        of("guarantee", Form.AMOUNTS, NOTHING, "Kept for it in this pool."),
                        of("deserved", Form.AMOUNTS, NOTHING + " is said", "What it may always win back there."),
                        of("capability", Form.AMOUNTS, "no limit", "The most it may hold there."),
                        of(
                                "weights",
                                Form.WEIGHTS,
                                "its weights",
                                "Its part of what is left over there, of resources whose `deserved` there is said.")));
        ALL.put(
                Place.LIMIT,
                List.of(
                        of("eachUser", Form.FLAG, "false", "It is on each user by itself."),
                        of("priorityClass", NAME, "all", "Only jobs of this class count."),
                        of("jobs", COUNT, "no limit", "How many may live at once."),
                        of("resources", Form.AMOUNTS, "no limit", "What they may hold together."),
                        of("launchesPerMinute", COUNT, "no limit", "How many may begin in a minute.")));
        ALL.put(
                Place.PAST_LAUNCH,
                List.of(
                        needed("queue", NAME, "The leaf in which it ran."),
                        of("user", Form.TEXT, "nobody", "Whose it was."),
                        of("priorityClass", Form.SUBDOMAIN, "none", "Its class."),
                        of("since", Form.AGO, "1m", "When it began.")));
        ALL.put(Place.PENDING, and(and(job(), pending()), ask()));
        ALL.put(Place.PENDING_ROLE, ask());
        ALL.put(Place.RUNNING, and(and(job(), running()), held()));
        ALL.put(Place.RUNNING_ROLE, held());
        ALL.put(
                Place.PODS,
                List.of(
                        of("role", NAME, "worker", "Only in `claim`: of which role."),
                        of("count", Form.whole(1, MOST_PODS), "1", "How many equal pods."),
                        of("on", Form.SUBDOMAIN, "not bound", "The node."),
                        of("pool", NAME, "the node's, or the only one", "The pool."),
                        of("resources", Form.AMOUNTS, "what the role asks", "What each of them holds."),
                        of("leavingFor", Form.SUBDOMAIN, "nobody", "They are being ended to make room for this job."),
                        of("leaving", Form.FLAG, "false", "They are being ended, and nobody takes their room.")));
    }

    private Fields() {}

    static List<Field> at(Place place) {
        return ALL.getOrDefault(place, List.of());
    }

    static List<String> names(Place place) {
        return at(place).stream().map(Field::name).toList();
    }

    /** True where amounts may stand beside the fields: {@code cpu: 4}. */
    static boolean hasAmounts(Place place) {
        return names(place).contains("others");
    }

    private static List<Field> and(List<Field> some, List<Field> more) {
        List<Field> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static List<Field> shape() {
        return List.of(
                of("others", Form.OTHERS, "none", "Amounts of resources with unusual names."),
                of("labels", Form.LABELS, "`kubernetes.io/hostname`, `muster.dev/pool`", "Further labels."),
                of("zone", Form.TEXT, "none", "Short for the label `topology.kubernetes.io/zone`."),
                of("taints", Form.TAINTS, "none", "As kubectl writes them."),
                of("maxPods", Form.whole(0, 10_000), "110", "The node's pod limit."),
                of("overhead", Form.AMOUNTS, NOTHING, "What pods outside of Muster (daemon sets) ask on each node."),
                of("otherPods", Form.whole(0, 10_000), "0", "How many those are."),
                of("ready", Form.FLAG, "true", "Whether the node takes pods."));
    }

    private static List<Field> job() {
        String classes = String.join(
                ", ",
                PriorityClasses.STANDARD.stream().map(c -> c.name().value()).toList());
        return List.of(
                needed("job", Form.SUBDOMAIN, "Its name."),
                needed("queue", NAME, "The leaf in which it waits or runs."),
                of(
                        "priority",
                        new Form("a class (%s, …), or a number".formatted(classes), Form.TEXT.schema()),
                        "routine",
                        "The higher goes first in its queue."),
                of(
                        "priorityClass",
                        Form.SUBDOMAIN,
                        "what `priority` names",
                        "The class that limits look at, where `priority` is a number."),
                of("preempts", Form.FLAG, "what its class says", "May end jobs of a lower priority in its own queue."),
                of("user", Form.TEXT, "nobody", "Whose it is, for limits on users."),
                of("since", Form.AGO, "1m", "Since when it waits, or runs."),
                of("maxRunTime", Form.LENGTH, "unknown", "How long it runs at most."),
                of(
                        "runs",
                        Form.LENGTH,
                        "maxRunTime",
                        "How long it really runs: `--cycles` knows it, the planner does not."),
                of("oneZone", Form.FLAG, "false", "The whole gang in one zone."),
                of("endless", Form.FLAG, "false", "A service: of those that may give way it goes last."),
                of("passed", COUNT, "0", "How often later jobs started before it."),
                of("evictions", COUNT, "0", "How often it was evicted."));
    }

    private static List<Field> pending() {
        return List.of(
                of("notBefore", Form.AHEAD, "at once", "Not looked at before."),
                of(
                        "notIn",
                        Form.AHEAD.byName("for each pool how long"),
                        "none",
                        "Stays away from a pool after a failed launch."),
                of("claim", Form.listOf(Place.PODS), "none", "Room that an earlier plan made for it."),
                of(
                        "roles",
                        Form.mapOf(Place.PENDING_ROLE),
                        "one, `worker`",
                        "Roles, where it has several: then what follows stands there."));
    }

    private static List<Field> running() {
        return List.of(
                of("attempt", Form.whole(1, MOST_TIMES), "1", "Which launch it is."),
                of("checkpoint", Form.AGO, "never", "When its work was saved last."),
                of("fixed", Form.FLAG, "false", "Nothing is known of its roles: it is left alone."),
                of("leavingFor", Form.SUBDOMAIN, "nobody", "The whole gang is being ended to make room for this job."),
                of("leaving", Form.FLAG, "false", "The whole gang is being ended, and nobody takes its room."),
                of(
                        "roles",
                        Form.mapOf(Place.RUNNING_ROLE),
                        "one, `worker`",
                        "Roles, where it has several: then what follows stands there."));
    }

    private static List<Field> ask() {
        return List.of(
                of(
                        "gang",
                        Form.whole(0, MOST_PODS),
                        "1; of a running job as many as run",
                        "Pods that start all together or not at all."),
                of(
                        "max",
                        Form.whole(1, MOST_PODS),
                        "`gang`; of a running job as many as run",
                        "The most pods; those above `gang` are elastic."),
                of("others", Form.OTHERS, "none", "Amounts of resources with unusual names."),
                of("where", Form.WHERE, "any node", "Labels that a node must have; `zone` and `pool` are short."),
                of("prefer", Form.PREFER, "none", "Labels that a node had better have."),
                of("tolerates", Form.TOLERATIONS, "none", "Taints that do not matter to it."));
    }

    private static List<Field> held() {
        return and(
                ask(),
                List.of(
                        of(
                                "on",
                                new Form(
                                        "pods by node, or a list of nodes",
                                        Map.of(
                                                "anyOf",
                                                List.of(
                                                        Form.whole(1, MOST_PODS)
                                                                .byName("")
                                                                .schema(),
                                                        Form.TEXTS.schema()))),
                                "bound nowhere yet",
                                "Where its pods run."),
                        of(
                                "pods",
                                Form.whole(1, MOST_PODS).or(Form.listOf(Place.PODS)),
                                "1",
                                "How many; or each where they differ."),
                        of("pool", NAME, "the only one", "The pool of pods that are bound nowhere yet.")));
    }
}
