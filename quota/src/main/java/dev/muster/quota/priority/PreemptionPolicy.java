package dev.muster.quota.priority;

/** Whether jobs of a priority class may make room for themselves inside their queue. */
public enum PreemptionPolicy {
    NEVER("Never"),
    PREEMPT_LOWER_PRIORITY("PreemptLowerPriority");

    private final String word;

    PreemptionPolicy(String word) {
        this.word = word;
    }

    /** Kubernetes' word for it, as on the wire and in manifests. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException where {@code word} is none of Kubernetes' words */
    public static PreemptionPolicy of(String word) {
        for (PreemptionPolicy policy : values()) {
            if (policy.word.equals(word)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "Unknown preemptionPolicy '%s': expected Never or PreemptLowerPriority".formatted(word));
    }
}
