package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario file is planned, and the plan is what its author expects. */
class ScenariosTest {
    private static final List<Path> FOLDERS =
            List.of(Path.of("src/test/resources/scenarios"), Path.of("../examples/scenarios"));

    @TestFactory
    Stream<DynamicTest> the_plan_of_every_scenario_is_as_its_author_expects() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
            }
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Scenario scenario = ScenarioReader.read(file);
                    assertThat(scenario.expectations()).as("expectations").isNotEmpty();
                    Plan plan = new Planner().plan(scenario.snapshot());
                    assertThat(Expectation.differences(scenario.expectations(), Telling.expectations(plan)))
                            .as(scenario.story())
                            .isEmpty();
                }));
    }
}
