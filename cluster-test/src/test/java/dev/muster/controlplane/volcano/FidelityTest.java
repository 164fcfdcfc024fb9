package dev.muster.controlplane.volcano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated Volcanoes start the gangs that a real one has started, of the same scenarios; what that one did is recorded. */
class FidelityTest {
    private static final Recorded REAL = Recorded.read("real-volcano.txt");

    @Test
    void the_simulated_scheduler_starts_the_gangs_that_a_real_volcano_started() {
        Fidelity fidelity = Fidelity.of(REAL.scenarios(), REAL.started(), OnBoard::started);
        assertThat(fidelity.scenarios()).isGreaterThanOrEqualTo(500);
        assertThat(fidelity.share()).as("%s", fidelity.misses()).isGreaterThanOrEqualTo(0.99);
        assertThat(fidelity.unexplained()).isEmpty();
    }

    /** It takes the pods of a gang role by role, the real one by their numbers, and of equal nodes it takes another: docs/fidelity.md. */
    @Test
    void the_volcano_of_simulations_starts_the_gangs_that_a_real_one_started() {
        List<Scenario> plain = REAL.scenarios().stream()
                .filter(scenario -> scenario.name().startsWith("p"))
                .toList();
        Fidelity fidelity = Fidelity.of(plain, REAL.started(), OnSite::started);
        assertThat(fidelity.scenarios()).isGreaterThanOrEqualTo(200);
        assertThat(fidelity.share()).as("%s", fidelity.misses()).isGreaterThanOrEqualTo(0.98);
        assertThat(fidelity.unexplained()).extracting(Fidelity.Miss::scenario).isSubsetOf("p029", "p175", "p180");
    }

    @Test
    void a_scenario_that_was_never_asked_about_is_named() {
        assertThatThrownBy(() -> Fidelity.of(List.of(RandomScenarios.any(999)), REAL.started(), OnBoard::started))
                .hasMessage("No real Volcano was asked about a999");
    }
}
