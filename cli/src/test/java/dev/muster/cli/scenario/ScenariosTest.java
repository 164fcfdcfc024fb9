package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.plan.Planned;
import dev.muster.cli.plan.ScenarioFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario file is planned, and the plan is what its author expects. */
class ScenariosTest {
    static final List<Path> FOLDERS =
            List.of(Path.of("src/test/resources/scenarios"), Path.of("../examples/scenarios"));

    @TestFactory
    Stream<DynamicTest> the_plan_of_every_scenario_is_as_its_author_expects() {
        return ScenarioFiles.of(FOLDERS).stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    Scenario scenario = ScenarioReader.read(file);
                    assertThat(scenario.cyclesExpected()).as("expectations").isPositive();
                    assertThat(Planned.of(file, scenario, 1).differences())
                            .as(scenario.story())
                            .isEmpty();
                }));
    }

    @Test
    void there_are_many_and_each_tells_another_story() {
        List<String> stories = ScenarioFiles.of(FOLDERS).stream()
                .map(file -> ScenarioReader.read(file).story())
                .toList();
        assertThat(stories).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }
}
