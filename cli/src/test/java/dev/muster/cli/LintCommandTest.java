package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String CLEAN = """
            actions: "enqueue, allocate, backfill"
            tiers:
            - plugins:
              - name: priority
              - name: conformance
              - name: gang
              - name: capacity
              - name: predicates
              - name: nodeorder
                arguments: {leastrequested.weight: 0, balancedresource.weight: 0, podtopologyspread.weight: 0}
              - name: binpack
            """;

    @TempDir
    private Path directory;

    private Told lint(String text, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("volcano-scheduler.conf"), text);
        String[] arguments = new String[more.length + 2];
        arguments[0] = "lint";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Told.by(Map.of(), arguments);
    }

    @Test
    void a_clean_configuration_is_said_to_be_one_without_a_service() throws IOException {
        Told told = lint(CLEAN);

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).isEqualTo("Nothing found.\n");
    }

    @Test
    void a_finding_has_its_line_why_and_mend() throws IOException {
        Told told = lint(CLEAN.replace("binpack", "binpak"));

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out())
                .contains("volcano-scheduler.conf:11: error UNKNOWN_PLUGIN: 'binpak' is no plugin of Volcano")
                .contains("    why: An unknown plugin is logged")
                .contains("    → Take it away, or write one of: binpack,");
    }

    @Test
    void programs_get_a_list_and_the_same_exit_code() throws IOException {
        Told told = lint(CLEAN.replace("gang", "gang\n  - name: gang"), "-o", "json");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).contains("\"rule\" : \"REPEATED_PLUGIN\"", "\"line\" : 7", "\"severity\" : \"WARNING\"");
    }

    @Test
    void what_fails_is_chosen() throws IOException {
        String warned = CLEAN.replace("gang", "gang\n  - name: gang");

        assertThat(lint(warned, "--fail-on", "error").exitCode()).isZero();
        assertThat(lint(warned, "--fail-on", "note").exitCode()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_not_there_or_holds_something_else_is_2() throws IOException {
        assertThat(Told.by(Map.of(), "lint", directory.resolve("nothing").toString()))
                .satisfies(told -> assertThat(told.exitCode()).isEqualTo(2))
                .satisfies(told -> assertThat(told.err()).contains("no such file"));
        Told other = lint("{apiVersion: v1, kind: Pod, metadata: {name: a}}");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("No configuration of Volcano");
    }

    @Test
    void nodes_beside_the_configuration_let_it_be_sure() throws IOException {
        Path nodes = Files.writeString(
                directory.resolve("nodes.yaml"),
                "{apiVersion: v1, kind: Node, metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: '8'}}}");

        assertThat(lint(CLEAN, nodes.toString()).out()).contains("SCARCE_NOT_PACKED: Nodes have nvidia.com/gpu");
    }
}
