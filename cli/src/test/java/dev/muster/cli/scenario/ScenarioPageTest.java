package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.plan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/scenarios.md says what the reader takes. */
class ScenarioPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/scenarios.md"));
    }

    static String table(Place place) {
        return "| field | value | default | meaning |\n|---|---|---|---|\n"
                + Fields.at(place).stream().map(Field::row).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void every_field_is_on_the_page_with_its_default_and_unit(Place place) throws IOException {
        assertThat(page()).as("the table of " + place.plural()).contains(table(place));
    }

    @Test
    void the_example_on_the_page_is_planned_as_it_expects() throws IOException {
        var examples =
                EXAMPLE.matcher(page()).results().map(match -> match.group(1)).toList();
        assertThat(examples).isNotEmpty().allSatisfy(text -> {
            Scenario scenario = ScenarioReader.read("docs/scenarios.md", text);
            assertThat(Planned.of(Path.of("docs/scenarios.md"), scenario, 1).differences())
                    .isEmpty();
        });
    }
}
