package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.postgres.PauseStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.quota.consolidation.Rules;
import dev.muster.quota.fallback.FallbackRules;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Pauses;
import dev.muster.quota.policy.Policy;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.quota.queue.QueueTree;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalInt;

/** What operators want of the planner now: the policy and the pauses in force. Used by the cycle's thread alone. */
@ApplicationScoped
public class InForce {
    private final PolicyStore policies;
    private final PauseStore pauseStore;
    private final OptionalInt maxLaunches;
    private PlanSettings planSettings = Policy.standard().settings();
    private Pauses pauses = Pauses.NONE;
    private Rules consolidation = rules(Policy.standard());
    private FallbackRules fallback = FallbackRules.OFF;
    private int mostMemory = PolicyFields.mostMemory(Policy.standard().values());

    InForce(PolicyStore policies, PauseStore pauseStore, Settings settings) {
        this.policies = policies;
        this.pauseStore = pauseStore;
        this.maxLaunches = settings.cycle().maxLaunches();
    }

    void read() {
        Policy policy = policies.current();
        PlanSettings wanted = policy.settings();
        consolidation = rules(policy);
        fallback = PolicyFields.fallback(policy.values());
        mostMemory = PolicyFields.mostMemory(policy.values());
        planSettings = wanted.withMaxLaunches(Math.min(wanted.maxLaunches(), maxLaunches.orElse(Integer.MAX_VALUE)));
        pauses = new Pauses(pauseStore.all());
    }

    PlanSettings planSettings() {
        return planSettings;
    }

    /** Which nodes may be emptied, and how many. */
    Rules consolidation() {
        return consolidation;
    }

    /** When jobs that want spot nodes first may use others. */
    FallbackRules fallback() {
        return fallback;
    }

    private static Rules rules(Policy policy) {
        return Rules.of(
                PolicyFields.effective(policy.values()), policy.settings().eviction());
    }

    Pauses pauses() {
        return pauses;
    }

    /** How much of its first memory a job may ask for in later attempts, in percent. */
    int mostMemory() {
        return mostMemory;
    }

    /** What a gang has to stop at least, where anybody may be evicted. */
    Duration leastGrace() {
        PlanSettings.Eviction eviction = planSettings.eviction();
        return eviction.isOn() || eviction.cut() ? eviction.grace() : Duration.ZERO;
    }

    /** What is left of the plan where something is paused. */
    Plan withhold(Plan plan, Snapshot snapshot, World world) {
        return pauses.withhold(
                plan,
                QueueTree.lenient(snapshot.queues()),
                job -> world.job(job).orElseThrow().spec().queue());
    }
}
