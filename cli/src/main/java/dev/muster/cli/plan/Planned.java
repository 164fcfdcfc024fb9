package dev.muster.cli.plan;

import dev.muster.cli.scenario.Course;
import dev.muster.cli.scenario.Expectation;
import dev.muster.cli.scenario.Scenario;
import dev.muster.cli.scenario.Starts;
import dev.muster.cli.scenario.Telling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A scenario file with its plans, and how they differ from what its author expects. */
public record Planned(Path file, Scenario scenario, List<Course.Turn> turns, List<String> differences) {
    /** At least {@code cycles} plans, and as many as the author says something of. */
    public static Planned of(Path file, Scenario scenario, int cycles) {
        List<Course.Turn> turns = new Course(scenario).turns(Math.max(cycles, scenario.cyclesExpected()));
        List<String> differences = new ArrayList<>();
        for (int cycle = 1; cycle <= scenario.cyclesExpected(); cycle++) {
            List<Expectation> expected = scenario.expected(cycle);
            if (expected == null) {
                continue;
            }
            List<Expectation> told = cycle > turns.size() ? List.of() : expectations(turns.get(cycle - 1));
            String lead = cycle == 1 ? "" : "plan " + cycle + ": ";
            Expectation.differences(expected, told).forEach(each -> differences.add(lead + each));
        }
        return new Planned(file, scenario, turns, differences);
    }

    private static List<Expectation> expectations(Course.Turn turn) {
        return Telling.expectations(turn.plan(), Starts.of(turn.snapshot(), turn.plan()));
    }

    public boolean expectsSomething() {
        return scenario.cyclesExpected() > 0;
    }
}
