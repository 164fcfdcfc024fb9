package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Who starts does not depend on whether only those are looked at that may. */
class SieveTest {
    @Property(tries = 500, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void numbers_find_who_starts_and_who_is_passed_as_a_look_at_every_group_does(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) {
        Situation situation = RandomSituation.of(seed, size);
        Snapshot snapshot = situation
                .settings(situation.settings.with(PlanSettings.Eviction.OFF))
                .snapshot();

        Plan byNumbers = new Planner().plan(snapshot.with(snapshot.settings().withElastic(false)));
        // Elastic pods come last, and for their sake every group is looked at.
        Plan byGroups = new Planner().plan(snapshot.with(snapshot.settings().withElastic(true)));

        assertThat(byNumbers.launches()).isEqualTo(byGroups.launches());
        assertThat(byNumbers.passed()).isEqualTo(byGroups.passed());
    }
}
