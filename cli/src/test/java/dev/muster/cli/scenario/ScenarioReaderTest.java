package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
    private static final String SOUND = """
            pools:   { gpu: { nodes: 4, gpus: 8, memory: 64Gi } }
            queues:  { vision: { deserved: { gpus: 16 } } }
            running: [ { job: sweep, queue: vision, gpus: 8, since: 10m } ]
            pending: [ { job: train, queue: vision, gang: 2, gpus: 8, priority: urgent } ]
            expect:  [ launch train in gpu ]
            """;

    @Test
    void a_sound_scenario_is_read_whole() {
        Scenario scenario = ScenarioReader.read("a.yaml", SOUND);
        assertThat(scenario.snapshot().nodes()).hasSize(4);
        assertThat(scenario.snapshot().live()).hasSize(1);
        assertThat(scenario.snapshot().live().get(0).since()).isEqualTo("2026-01-05T08:50:00Z");
        assertThat(scenario.snapshot().pending().get(0).priority()).isEqualTo(10);
        assertThat(scenario.expectations()).hasToString("[launch train in gpu]");
    }

    /** What stands in the sound scenario, what is written instead, and what the reader says of it. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            gang: 2          | gagn: 2                     | a.yaml:4:41: unknown field 'gagn' in pending[0]
            nodes: 4,        | nodes: four,                | a.yaml:1:26: bad pools.gpu.nodes 'four': expected a whole number of 0 to 100000
            nodes: 4,        | nodes: -4,                  | a.yaml:1:26: bad pools.gpu.nodes '-4': expected a whole number of 0 to 100000
            memory: 64Gi     | memory: 64                  | a.yaml:1:46: amount without unit: pools.gpu.memory '64'
            memory: 64Gi     | memory: -64Gi               | a.yaml:1:46: pools.gpu.memory: Bad amount of memory '-64Gi': expected 0 or more
            memory: 64Gi     | memory: 99999Ei             | a.yaml:1:46: pools.gpu.memory: Bad amount of memory '99999Ei': expected at most
            queue: vision, gang | queue: visoin, gang      | a.yaml:4:33: unknown queue 'visoin'
            queue: vision, gang | gang                     | a.yaml:4:12: job in no queue: pending[0]
            { deserved: { gpus: 16 } } | { parent: vision } | a.yaml:2:12: Queues go in a circle: vision → vision
            { deserved: { gpus: 16 } } | { parent: none }  | a.yaml:2:12: Queue vision has the parent none, which does not exist
            { gpus: 16 }     | { gpus: 16, gpus: 8 }       | a.yaml:2:44: the field 'gpus' is there twice
            { gpus: 16 }     | 16                          | a.yaml:2:32: queues.vision.deserved must be a mapping
            job: train       | job: sweep                  | a.yaml:4:19: 'sweep' is there twice
            since: 10m       | since: 10                   | a.yaml:3:57: running[0].since: bad length of time '10'
            since: 10m       | since: 2030-01-01T00:00:00Z | a.yaml:3:57: running[0].since is 2030-01-01T00:00:00Z, after now
            priority: urgent | priority: urgnet            | a.yaml:4:69: bad pending[0].priority 'urgnet'
            launch train     | lunch train                 | a.yaml:5:12: expect[0]: bad expectation 'lunch train in gpu'
            launch train     | launch tarin                | a.yaml:5:12: expect[0]: bad expectation 'launch tarin in gpu': there is no job tarin
            pools:           | policy: { eviction: { preemt: true } }⏎pools: | a.yaml:1:23: unknown field 'preemt' in policy.eviction
            pools:           | policy: { maxLaunches: 0 }⏎pools: | a.yaml:1:24: policy.maxLaunches: Bad maxLaunches '0': expected a whole number, 1 to 100000
            pools:           | pool:                       | unknown field 'pool' in the file
            """)
    void what_is_wrong_is_said_with_line_column_and_what_was_expected(String sound, String wrong, String said) {
        assertThat(SOUND).contains(sound);
        assertThatThrownBy(() -> ScenarioReader.read("a.yaml", SOUND.replace(sound, wrong.replace("⏎", "\n"))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(said);
    }

    @Test
    void broken_yaml_says_where() {
        assertThatThrownBy(() -> ScenarioReader.read("a.yaml", "pools: {\nqueues"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("a.yaml:")
                .hasMessageContaining("no YAML");
    }

    @Test
    void an_empty_file_is_refused() {
        assertThatThrownBy(() -> ScenarioReader.read("a.yaml", "# nothing\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("empty");
    }

    @Test
    void an_alias_that_would_grow_without_end_is_refused() {
        assertThatThrownBy(() -> ScenarioReader.read("a.yaml", "pools: &a [*a, *a]\nqueues: *a"))
                .isInstanceOf(BadInput.class);
    }
}
