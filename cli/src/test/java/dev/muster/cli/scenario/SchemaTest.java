package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.muster.cli.plan.ScenarioFiles;
import dev.muster.quota.scenario.ScenarioText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of scenario files says what the reader takes. */
class SchemaTest {
    private static final Path COMMITTED = Path.of("../docs/scenario.schema.json");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Schema.text());

    private static Set<ValidationMessage> problems(String yaml) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return SCHEMA.validate(tree);
    }

    @Test
    void the_committed_schema_is_what_the_command_prints() throws IOException {
        assertThat(COMMITTED)
                .as("write it anew: ./muster plan --schema > docs/scenario.schema.json")
                .content()
                .isEqualTo(Schema.text());
        assertThat(Schema.text()).doesNotContain("schemastore", "file:", "\"$id\"");
    }

    @TestFactory
    Stream<DynamicTest> every_scenario_file_is_valid_by_it_and_names_it_for_editors() {
        return ScenarioFiles.of(ScenariosTest.FOLDERS).stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    String text = Files.readString(file);
                    assertThat(problems(text)).isEmpty();
                    assertThat(text).startsWith("# yaml-language-server: $schema=");
                    String named = text.lines().findFirst().orElseThrow().split("=", 2)[1];
                    assertThat(file.resolveSibling(named).toRealPath()).isEqualTo(COMMITTED.toRealPath());
                }));
    }

    @Test
    void what_is_written_of_a_snapshot_is_valid_by_it() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            String text = ScenarioText.of("odd", OddWorld.of(seed, 1 + seed % 5));
            assertThat(problems(text)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queues: {}",
                "pools: { a: { nodes: 1, cpu: 4 } }\nqueues: { q: { wieght: 2 } }",
                "pools: { a: { nodes: -1, cpu: 4 } }\nqueues: {}",
                "pools: { a: { nodes: 1, memory: 4 } }\nqueues: {}",
                "pools: { a: { nodes: 1, cpus: 4 } }\nqueues: {}",
                "pools: {}\nqueues: { q: { state: OPNE } }",
                "pools: {}\nqueues: {}\npolicy: { eviction: { preemt: true } }",
                "pools: {}\nqueues: {}\npolicy: { maxLaunches: 0 }",
                "pools: {}\nqueues: {}\npending: [ { job: a, cpu: 1 } ]",
                "pools: {}\nqueues: {}\npending: [ { job: a, queue: q, cpu: 1, since: ten } ]",
                "pools: {}\nqueues: {}\npending: [ { job: a, queue: q, cpu: 1, where: { zone: { near: a } } } ]"
            })
    void what_the_reader_refuses_as_unknown_or_ill_formed_an_editor_marks(String yaml) throws IOException {
        assertThat(problems(yaml)).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ScenarioReader.read("a.yaml", yaml))
                .isInstanceOf(dev.muster.cli.BadInput.class);
    }
}
