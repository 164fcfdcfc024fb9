package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String MET = """
            story: it fits
            pools: { gpu: { nodes: 1, gpus: 8 } }
            queues: { vision: {} }
            pending: [ { job: train, queue: vision, gpus: 8, maxRunTime: 1h }, { job: next, queue: vision, gpus: 8 } ]
            expect: [ launch next ]
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Told plan(Object... words) {
        String[] all = new String[words.length + 1];
        all[0] = "plan";
        for (int i = 0; i < words.length; i++) {
            all[i + 1] = words[i].toString();
        }
        return Told.by(Map.of(), all);
    }

    @Test
    void exit_codes_are_0_as_expected_1_if_not_and_2_for_a_bad_file() throws IOException {
        Path met = file("a/met.yaml", MET);
        Path missed = file("b/missed.yaml", MET.replace("launch next", "launch train"));
        Path bad = file("c/bad.yaml", MET.replace("pending", "pnding"));
        assertThat(plan(met).exitCode()).isZero();
        assertThat(plan(missed).exitCode()).isEqualTo(1);
        assertThat(plan(missed).err())
                .contains("expected 'launch train', but the plan says 'hold train", "nobody expected 'launch next");
        assertThat(plan(bad).exitCode()).isEqualTo(2);
        assertThat(plan(bad).err()).contains("bad.yaml:4:1: unknown field 'pnding'", "Did you mean 'pending'?");
        assertThat(plan(folder.resolve("none.yaml")).exitCode()).isEqualTo(2);
    }

    @Test
    void several_files_and_folders_are_planned_and_one_bad_file_does_not_hide_the_others() throws IOException {
        file("a/met.yaml", MET);
        file("a/deep/also.yml", MET);
        file("a/notes.txt", "no scenario");
        Path bad = file("bad.yaml", "pools: 4\nqueues: {}\n");
        Told told = plan("--check", folder.resolve("a"), bad);
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out()).contains("met.yaml", "also.yml", "2 scenarios, 2 as expected, 0 not");
        assertThat(told.err()).contains("bad.yaml:1:8");
        assertThat(plan("--check", folder.resolve("a")).exitCode()).isZero();
    }

    @Test
    void a_check_of_what_expects_nothing_is_refused() throws IOException {
        Path file = file("x.yaml", MET.replace("expect: [ launch next ]\n", ""));
        assertThat(plan(file).exitCode()).isZero();
        Told told = plan("--check", file);
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.err()).contains("nothing to check");
        assertThat(plan("--check", Files.createDirectories(folder.resolve("empty")))
                        .err())
                .contains("no scenario there");
    }

    @Test
    void programs_get_every_file_cycle_queue_and_decision() throws IOException {
        Told told = plan(file("x.yaml", MET), "-o", "json", "--cycles", 3);
        JsonNode file = Json.mapper().readTree(told.out()).get(0);
        assertThat(file.get("asExpected").asBoolean()).isTrue();
        JsonNode first = file.get("cycles").get(0);
        assertThat(first.get("decisions").get(0).get("decision").asText()).isEqualTo("launch");
        assertThat(first.get("queues").get(0).get("then").get("nvidia.com/gpu").asText())
                .isEqualTo("8");
        assertThat(first.get("decisions").get(1).get("reason").get("code").asText())
                .isEqualTo("NODES_FULL");
        assertThat(plan(file("x.yaml", MET), "-o", "yaml").out()).contains("decision: launch");
    }

    @Test
    void cycles_go_on_in_time_until_nothing_more_happens() throws IOException {
        String text = MET.replace("expect: [ launch next ]\n", "").replace("job: next,", "job: next, maxRunTime: 2h,");
        Told told = plan(file("x.yaml", text), "--cycles", 9);
        assertThat(told.out())
                .contains("Plan 2 at 2026-01-05T11:00:00Z: next ends", "Plan 3 at 2026-01-05T12:00:00Z: train ends")
                .endsWith("Nothing more happens.\n");
        assertThat(plan(file("x.yaml", text), "--cycles", 0).err()).contains("expected 1 to 1000");
    }

    @Test
    void one_job_is_explained_and_an_unknown_one_refused() throws IOException {
        Path file = file("x.yaml", MET);
        assertThat(plan(file, "--explain", "train").out())
                .contains("Its turn: 2 of 2 in its queue", "NODES_FULL", "Numbers of NODES_FULL")
                .containsPattern("needed +1\n");
        assertThat(plan(file, "--explain", "nobody").exitCode()).isEqualTo(2);
        assertThat(plan(file, "--explain", "No Name").exitCode()).isEqualTo(2);
    }

    @Test
    void another_policy_is_compared() throws IOException {
        Path file = file("x.yaml", MET);
        Path same = file("same.yaml", "kind: Policy\nspec: {}\n");
        assertThat(plan(file, "--diff", same).out()).contains("no difference");
        String rush = MET.replace(
                        "pending:",
                        "running: [ { job: low, queue: vision, gpus: 8, on: [ gpu-0 ], since: 1h } ]\npending:")
                .replace("job: next,", "job: next, priority: rush,")
                .replace("expect: [ launch next ]\n", "");
        Path off = file("off.yaml", "spec: { eviction: { preempt: false } }\n");
        Told told = plan(file("r.yaml", rush), "--diff", off);
        assertThat(told.out()).contains("evict for next because PREEMPTED", "goes on");
        assertThat(told.exitCode()).isZero();
        assertThat(plan(file("r.yaml", rush), "--diff", file("p.yaml", "spec: { evicton: {} }"))
                        .exitCode())
                .isEqualTo(2);
        JsonNode json = Json.mapper()
                .readTree(
                        plan(file("r.yaml", rush), "--diff", off, "-o", "json").out());
        assertThat(json.get(0).get("changes").size()).isEqualTo(2);
    }

    @Test
    void every_scenario_is_shown_to_people_and_to_programs() {
        Path scenarios = Path.of("src/test/resources/scenarios");
        assertThat(plan(scenarios, "--cycles", 2)).satisfies(told -> {
            assertThat(told.err()).isEmpty();
            assertThat(told.exitCode()).isZero();
            assertThat(told.out()).contains("Gives way", "Starts", "Grows", "Waits", "gpus in steady", "16 (8)");
        });
        assertThat(plan(scenarios, "-o", "json").exitCode()).isZero();
        assertThat(plan(scenarios, "--diff", "../examples/policies/eviction.yaml")
                        .exitCode())
                .isZero();
    }

    @Test
    void the_schema_is_printed() {
        assertThat(plan("--schema").out()).startsWith("{").contains("\"$schema\"");
        assertThat(plan().exitCode()).isEqualTo(2);
    }
}
