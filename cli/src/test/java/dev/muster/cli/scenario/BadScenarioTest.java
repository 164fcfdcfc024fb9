package dev.muster.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile and mistaken files are refused with their place, what was expected, and what to do; nothing is ever a defect. */
class BadScenarioTest {
    private static final String POOLS = "pools: { gpu: { nodes: 2, gpus: 8, cpu: 8 }, cpu: { nodes: 1, cpu: 8 } }\n";
    private static final String QUEUES = "queues: { org: { queues: { vision: {}, nlp: {} } } }\n";

    @TempDir
    private Path folder;

    private static BadInput refused(String text) {
        try {
            ScenarioReader.read("a.yaml", text);
        } catch (BadInput e) {
            return e;
        }
        throw new AssertionError("accepted: " + text);
    }

    /** What is added to a sound file, where the fault is, what is said, and what the reader can do. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            pending: [ { job: a, queue: vison, cpu: 1 } ]                     | 3:29  | unknown queue 'vison'              | Did you mean 'vision'?
            pending: [ { job: a, queue: org, cpu: 1 } ]                       | 3:29  | jobs wait in leaves                | Expected one of
            pending: [ { job: a, cpu: 1 } ]                                   | 3:12  | job in no queue                    | Expected 'queue
            pending: [ { queue: nlp, cpu: 1 } ]                               | 3:12  | pending[0] has no 'job'            | Expected 'job
            pending: [ { job: a, queue: nlp } ]                               | 3:12  | asks for nothing                   | Expected such as 'cpu: 4'
            pending: [ { job: a, queue: nlp, memroy: 1Gi } ]                  | 3:34  | unknown field 'memroy'             | Did you mean 'memory'?
            pending: [ { job: a, queue: nlp, gpu: 1 } ]                       | 3:34  | unknown field 'gpu'                | Did you mean 'gpus'?
            pending: [ { job: a, queue: nlp, memory: 16 } ]                   | 3:42  | amount without unit                | such as 16Gi
            pending: [ { job: a, queue: nlp, cpu: -1 } ]                      | 3:39  | expected 0 or more                 | -
            pending: [ { job: a, queue: nlp, cpu: 1e999 } ]                   | 3:39  | expected at most                   | -
            pending: [ { job: a, queue: nlp, cpu: lots } ]                    | 3:39  | a Kubernetes quantity              | -
            pending: [ { job: a, queue: nlp, cpu: 1, gang: 0x10 } ]           | 3:48  | a whole number of 0 to 100000      | -
            pending: [ { job: a, queue: nlp, cpu: 1, gang: 100001 } ]         | 3:48  | a whole number of 0 to 100000      | -
            pending: [ { job: a, queue: nlp, cpu: 1, gang: 4, max: 2 } ]      | 3:56  | a whole number of 4 to             | -
            pending: [ { job: a, queue: nlp, cpu: 1, since: soon } ]          | 3:49  | bad length of time 'soon'          | -
            pending: [ { job: a, queue: nlp, cpu: 1, notIn: { spot: 1m } } ]  | 3:57  | unknown pool 'spot'                | -
            pending: [ { job: a, queue: nlp, cpu: 1, where: {} } ]            | 3:49  | names no label                     | Expected such as
            pending: [ { job: a, queue: nlp, cpu: 1, where: { a: { ovr: 1 } } } ] | 3:56 | unknown field 'ovr'             | Known there
            pending: [ { job: a, queue: nlp, cpu: 1, where: { a: { above: x } } } ] | 3:63 | one whole number              | -
            pending: [ { job: a, queue: nlp, cpu: 1, tolerates: [ "a:Never" ] } ] | 3:55 | bad toleration 'a:Never'        | -
            pending: [ { job: a, queue: nlp, cpu: 1, roles: { w: { cpu: 1 } } } ] | 3:34 | stands beside 'roles'           | Say it of each role
            pending: [ { job: A_b, queue: nlp, cpu: 1 } ]                     | 3:19  | Bad job id name 'A_b'                 | -
            pending: [ { job: a, queue: nlp, cpu: 1, claim: [ { role: x } ] } ] | 3:51 | which the job has not             | Expected one of
            pending: [ a ]                                                    | 3:12  | must be a mapping                  | -
            pending: a                                                        | 3:10  | must be a list                     | -
            running: [ { job: a, queue: nlp, cpu: 1 } ]                       | 3:12  | does not say where it runs         | Expected 'pool
            running: [ { job: a, queue: nlp, cpu: 1, on: [ gpu-7 ] } ]        | 3:46  | unknown node 'gpu-7'               | -
            running: [ { job: a, queue: nlp, cpu: 1, on: {} } ]               | 3:46  | names no node                      | Expected such as
            running: [ { job: a, queue: nlp, cpu: 1, on: [ gpu-0 ], pods: 2 } ] | 3:12 | says both 'on' and                | 'on' says it all
            running: [ { job: a, queue: nlp, cpu: 1, on: [ gpu-0 ], checkpoint: 2099-01-01T00:00:00Z } ] | 3:69 | after now | -
            pauses: [ { queue: visoin } ]                                     | 3:20  | unknown queue 'visoin'             | -
            policy: { aging: { perHour: -1 } }                                | 3:29  | Bad aging.perHour '-1'             | -
            policy: { eviction: { preempt: yes } }                            | 3:32  | expected true or false             | -
            policy: { evicton: { preempt: true } }                            | 3:11  | unknown field 'evicton'            | Did you mean 'eviction'?
            now: yesterday                                                    | 3:6   | bad time 'yesterday'               | -
            priorityClasses: { mine: { preempts: true } }                     | 3:26  | has no 'value'                     | Expected 'value
            evictedLately: -1                                                 | 3:16  | a whole number of 0                | -
            expect: [ launch ]                                                | 3:11  | bad expectation 'launch'           | -
            expect: [ start a ]                                               | 3:11  | expected 'launch <job>             | -
            story: [ 1 ]                                                      | 3:8   | must be one value                  | -
            """)
    void a_mistake_is_said_with_its_place_and_what_to_do(String added, String place, String said, String hint) {
        BadInput refused = refused(POOLS + QUEUES + added + "\n");
        assertThat(refused).hasMessageStartingWith("a.yaml:" + place + ": ").hasMessageContaining(said);
        if (hint != null) {
            assertThat(String.join("\n", refused.hints())).contains(hint);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a: { weight: 0 }                          | 2:24 | a whole number of 1 to 1000000
            a: { wieght: 1 }                          | 2:16 | unknown field 'wieght'
            a: { state: OPNE }                        | 2:23 | bad queues.a.state 'OPNE'
            a: { parent: b }, b: { parent: a }        | 2:11 | Queues go in a circle
            a: { parent: a }                          | 2:11 | Queues go in a circle
            a: { parent: zzz }                        | 2:11 | which does not exist
            a: {}, a: {}                              | 2:18 | the field 'a' is there twice
            a: { queues: { b: {} } }, b: {}           | 2:37 | queue b is there twice
            a: { queues: { b: { parent: c } } }       | 2:39 | stands below a and names a parent
            a: { guarantee: { cpu: 2 }, deserved: { cpu: 1 } }  | 2:11 | Too much cpu
            a: { deserved: { cpu: 3 }, capability: { cpu: 2 } } | 2:11 | Too much cpu
            a: { deserved: { cpu: 1 }, queues: { b: { deserved: { cpu: 2 } } } } | 2:11 | children
            a: { limits: [ { jobs: 1 } ] }            | 2:26 | on each user, on a priority class, or on both
            a: { limits: [ { eachUser: true, jobs: -1 } ] } | 2:50 | a whole number of 0
            a: { weights: { cpus: 2 } }               | 2:27 | unknown field 'cpus'
            a: { capability: { memory: 16 } }         | 2:38 | amount without unit
            a: { capability: { gpus: 1, nvidia.com/gpu: 2 } } | 2:55 | said twice
            A: {}                                     | 2:14 | Bad queue name 'A'
            """)
    void a_crooked_tree_is_refused_where_it_is_crooked(String queues, String place, String said) {
        assertThat(refused("pools: { p: { nodes: 1, cpu: 1 } }\nqueues: { " + queues + " }\n"))
                .hasMessageStartingWith("a.yaml:" + place + ": ")
                .hasMessageContaining(said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            p: { cpu: 1 }                                         | p has no 'nodes'
            p: { nodes: -1 }                                      | a whole number of 0 to 100000
            p: { nodes: 100001 }                                  | a whole number of 0 to 100000
            p: { nodes: 99999999999 }                             | a whole number of 0 to 100000
            p: { nodes: 100000 }, q: { nodes: 1 }                 | too many nodes
            p: { nodes: [ { name: a }, { name: a } ] }            | node a is there twice
            p: { nodes: [ { name: q-0 } ] }, q: { nodes: 1 }      | node q-0 is there twice
            p: { nodes: 1, taints: [ spot ] }                     | bad taint 'spot'
            p: { nodes: 1, ready: maybe }                         | expected true or false
            p: { nodes: [ {} ], zones: [ a ] }                    | nodes that are listed say their own zone
            p: { nodes: 1, maxPods: -1 }                          | a whole number of 0 to 10000
            p: 4                                                  | must be a mapping
            """)
    void a_bad_pool_is_refused(String pools, String said) {
        assertThat(refused("pools: { " + pools + " }\nqueues: {}\n"))
                .hasMessageMatching("(?s)a\\.yaml:\\d+:\\d+: .*")
                .hasMessageContaining(said);
    }

    @Test
    void a_yaml_bomb_is_refused_before_it_grows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(refused(bomb + "pools: {}\nqueues: {}\n")).hasMessageContaining("a.yaml");
        assertThat(refused("pools: " + "[".repeat(100_000))).hasMessageContaining("no YAML");
        assertThat(refused("pools: " + "{a: ".repeat(100_000))).hasMessageContaining("no YAML");
        assertThat(refused("pools: &a { b: *a }\nqueues: {}\n")).hasMessageContaining("a.yaml");
    }

    @Test
    void a_file_that_is_too_long_is_refused_without_being_read_whole() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] into, int from, int count) {
                Arrays.fill(into, from, from + count, (byte) 'a');
                return count;
            }
        };
        assertThatThrownBy(() -> TextFile.read("endless.yaml", endless))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("endless.yaml: longer than 64 MiB");
    }

    @Test
    void what_is_no_text_or_is_not_there_is_refused() throws IOException {
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> ScenarioReader.read(binary))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ScenarioReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> ScenarioReader.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be read");
        assertThat(refused("pools: {}\nqueues: {}\n---\npools: {}\n")).hasMessageContaining("a.yaml");
        assertThatThrownBy(
                        () -> TextFile.read("x", new ByteArrayInputStream("é".getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOf(IOException.class);
    }

    /** Whatever is typed: a scenario, or a refusal. Never anything else. */
    @Test
    void a_file_that_was_mangled_is_read_or_refused() throws IOException {
        String sound = Files.readString(Path.of("../examples/scenarios/three-queues.yaml"));
        Random random = new Random(7);
        String odd = "{}[]:,-#&*!|>'\"%@` \n\t~019azAZ\u0000é";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder mangled = new StringBuilder(sound);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(mangled.length());
                char with = odd.charAt(random.nextInt(odd.length()));
                switch (random.nextInt(3)) {
                    case 0 -> mangled.setCharAt(at, with);
                    case 1 -> mangled.insert(at, with);
                    default -> mangled.deleteCharAt(at);
                }
            }
            try {
                ScenarioReader.read("mangled.yaml", mangled.toString());
            } catch (BadInput e) {
                assertThat(e.getMessage()).startsWith("mangled.yaml");
            } catch (RuntimeException e) {
                throw new AssertionError(mangled.toString(), e);
            }
        }
    }
}
