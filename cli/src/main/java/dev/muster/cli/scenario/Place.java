package dev.muster.cli.scenario;

/** Where in a scenario fields stand: the name of its definition in the schema, and what several of them are called. */
enum Place {
    FILE("scenario", "scenarios"),
    PRIORITY_CLASS("priorityClass", "priority classes"),
    PAUSE("pause", "pauses"),
    POOL("pool", "pools"),
    NODE("node", "nodes"),
    GROWTH("growth", "offerings"),
    QUEUE("queue", "queues"),
    POOL_AMOUNTS("poolAmounts", "amounts in one pool"),
    LIMIT("limit", "limits"),
    PAST_LAUNCH("pastLaunch", "launches that have ended"),
    PENDING("pending", "waiting jobs"),
    PENDING_ROLE("pendingRole", "roles"),
    RUNNING("running", "running jobs"),
    RUNNING_ROLE("runningRole", "roles"),
    PODS("pods", "pods");

    private final String definition;
    private final String plural;

    Place(String definition, String plural) {
        this.definition = definition;
        this.plural = plural;
    }

    String definition() {
        return definition;
    }

    String plural() {
        return plural;
    }
}
