package dev.muster.quota.node;

/** What a taint does to a pod that does not tolerate it; Kubernetes' words. */
public enum TaintEffect {
    NO_SCHEDULE,
    PREFER_NO_SCHEDULE,
    NO_EXECUTE
}
