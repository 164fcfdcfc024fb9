package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One demo, and a newcomer in front of it; the last test ends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    @TempDir
    private static Path directory;

    private Packaged muster;
    private Process demo;
    private BufferedReader said;

    @BeforeAll
    void start() throws IOException {
        // Blanks in paths are what people have.
        muster = new Packaged(Files.createDirectory(directory.resolve("a home with blanks")));
        demo = muster.start("demo", "--port", "0");
        said = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        until("SUCCEEDED");
    }

    private void until(String word) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains(word)) {
                return;
            }
        }
        throw new AssertionError("The demo ended without " + word + ":\n" + all
                + new String(demo.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (demo != null && demo.isAlive()) {
            demo.destroy();
            demo.waitFor(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @Order(1)
    void a_command_of_ones_own_streams_its_output_and_returns_its_exit_code() throws Exception {
        Path seen = directory.resolve("the-first-line-was-seen");
        Process run = muster.start(
                "run",
                "--",
                "sh",
                "-c",
                "echo 1; until [ -e '%s' ]; do sleep 0.1; done; echo 2; exit 7".formatted(seen));
        BufferedReader out = new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8));

        assertThat(out.readLine()).isEqualTo("1");
        // It goes on only now: what was read was read while it ran.
        Files.createFile(seen);
        assertThat(out.readLine()).isEqualTo("2");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(7);
        assertThat(muster.run("run", "--", "true").exitCode()).isZero();
    }

    @Test
    @Order(2)
    void a_gang_of_local_processes_starts_whole() throws Exception {
        Packaged.Result gang = muster.run("run", "--count", "3", "--", "sh", "-c", "echo I am $MUSTER_INDEX");

        assertThat(gang.exitCode()).isZero();
        assertThat(gang.out().lines()).containsExactlyInAnyOrder("[0] I am 0", "[1] I am 1", "[2] I am 2");
    }

    @Test
    @Order(3)
    void a_command_that_is_left_is_cancelled() throws Exception {
        Process run = muster.start("run", "--name", "left-alone", "--", "sh", "-c", "echo on; sleep 600");
        assertThat(new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8)).readLine())
                .isEqualTo("on");

        run.toHandle().destroy();

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(muster.run("wait", "left-alone").exitCode()).isEqualTo(1);
        assertThat(muster.run("jobs", "--name", "left-alone").out()).contains("CANCELLED");
    }

    @Test
    @Order(4)
    void every_sample_is_accepted_and_applying_again_changes_nothing() throws Exception {
        Packaged.Result dry =
                muster.run("apply", "--dry-run", "-f", Packaged.examples().toString());
        Packaged.Result first = muster.run("apply", "-f", Packaged.examples().toString());
        Packaged.Result second = muster.run("apply", "-f", Packaged.examples().toString());

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("team/speech created", "queue/speech-batch created", "pool/h100 created");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("team/speech unchanged").doesNotContain("created");
        assertThat(ids(second.out())).isEqualTo(ids(first.out()));
    }

    private static List<String> ids(String out) {
        return out.lines()
                .filter(line -> line.startsWith("job/"))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    @Test
    @Order(5)
    void what_is_shown_can_be_applied_again() throws Exception {
        Packaged.Result yaml = muster.run("queues", "-o", "yaml");
        Path file = Files.writeString(directory.resolve("queues.yaml"), yaml.out());

        assertThat(muster.run("apply", "--dry-run", "-f", file.toString()).exitCode())
                .isZero();
    }

    @Test
    @Order(6)
    void every_view_answers() throws Exception {
        for (String view : List.of("jobs", "queues", "pools", "teams", "events", "ui")) {
            Packaged.Result result = muster.run(view);

            assertThat(result.exitCode()).as("%s: %s", view, result.err()).isZero();
            assertThat(result.out()).as(view).isNotBlank();
        }
        assertThat(muster.run("job", "left-alone").out()).contains("timeline", "CANCELLED");
        assertThat(muster.run("why", "left-alone").out()).contains("CANCELLED");
        assertThat(muster.run("logs", "left-alone").out()).startsWith("on\n");
    }

    @Test
    @Order(7)
    void each_story_is_one_command() throws Exception {
        List<Path> stories;
        try (Stream<Path> files = Files.list(Packaged.examples().resolve("stories"))) {
            stories = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(stories).hasSize(5);
        for (Path story : stories) {
            Packaged.Result applied = muster.run("apply", "-f", story.toString());
            assertThat(applied.exitCode()).as("%s: %s", story, applied.err()).isZero();
            assertThat(applied.out()).as(story.toString()).contains("job/story-");
        }
        assertThat(muster.run("job", "story-six-lines", "--origins").out()).contains("etl@1");
        assertThat(muster.run("schedules", "next", "story-nightly").exitCode()).isZero();
    }

    @Test
    @Order(8)
    void the_python_package_is_built_installed_and_works_with_it() throws Exception {
        PythonPackage installed = new PythonPackage(directory, muster.home());

        assertThat(installed.tested("python3", "discover")).contains("OK").doesNotContain("skipped");

        String airflow = System.getenv("MUSTER_TEST_AIRFLOW");
        if (airflow != null) {
            assertThat(installed.tested(airflow, "real_airflow")).contains("OK").doesNotContain("skipped");
        }
    }

    @Test
    @Order(9)
    void a_second_demo_on_the_same_data_says_where_the_first_is() throws Exception {
        Packaged.Result second = muster.run("demo", "--port", "0");

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("already runs here: http://127.0.0.1:");
    }

    @Test
    @Order(10)
    void a_demo_that_is_ended_ends_well_and_leaves_nothing_running() throws Exception {
        Process run = muster.start("run", "--detach", "--", "sleep", "600");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(muster.left()).isNotEmpty();

        // By its handle: the process' own way would close what it still says.
        demo.toHandle().destroy();
        until("stopped");

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isZero();
        assertThat(muster.left()).isEmpty();
        assertThat(muster.run("jobs").exitCode()).isEqualTo(4);
    }
}
