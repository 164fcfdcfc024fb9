package dev.muster.quota.plan;

/** What an operator may tune of one cycle: {@code maxLaunches} protects the API server. */
public record PlanSettings(int maxLaunches) {
    public static final PlanSettings DEFAULT = new PlanSettings(200);

    public PlanSettings {
        if (maxLaunches < 1) {
            throw new IllegalArgumentException("Bad maxLaunches %d: expected 1 or more".formatted(maxLaunches));
        }
    }
}
