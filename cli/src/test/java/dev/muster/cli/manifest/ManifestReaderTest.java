package dev.muster.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.Job;
import dev.muster.api.Pool;
import dev.muster.cli.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static final String JOB = """
            kind: Job
            metadata:
              name: train
            spec:
              roles:
              - name: worker
                count: 4
                resources: {cpu: 2, memory: 1.5Gi}
            """;

    private static List<Manifest> read(String text) {
        return ManifestReader.read("f.yaml", text);
    }

    private static BadInput refused(String text) {
        return (BadInput) org.assertj.core.api.Assertions.catchThrowable(() -> read(text));
    }

    @Test
    void numbers_and_quantities_stay_as_they_are_written() {
        Job job = (Job) read(JOB).get(0).resource();

        assertThat(job.spec().roles().get(0).resources())
                .containsEntry("cpu", "2")
                .containsEntry("memory", "1.5Gi");
    }

    @Test
    void many_documents_in_one_file_and_empty_ones_between_them() {
        List<Manifest> read = read("# a comment\n---\n" + JOB + "---\n---\n" + JOB.replace("train", "other"));

        assertThat(read).extracting(m -> m.metadata().name()).containsExactly("train", "other");
    }

    @Test
    void an_unknown_field_is_refused_with_line_column_and_what_was_meant() {
        BadInput refused = refused(JOB.replace("count: 4", "cuont: 4"));

        assertThat(refused)
                .hasMessageContaining("f.yaml:7:")
                .hasMessageContaining("unknown field 'cuont' in spec.roles[0]");
        assertThat(refused.hints()).first().asString().contains("'count'");
    }

    @Test
    void a_repeated_key_is_refused_with_its_place() {
        assertThat(refused(JOB.replace("count: 4", "count: 4\n    count: 5")))
                .hasMessageContaining("f.yaml:8:")
                .hasMessageContaining("'count' is there twice");
    }

    @Test
    void a_repeated_resource_name_is_refused_too() {
        assertThat(refused(JOB.replace("cpu: 2", "cpu: 2, cpu: 3"))).hasMessageContaining("'cpu' is there twice");
    }

    @Test
    void an_unknown_kind_is_refused_with_what_was_meant() {
        BadInput refused = refused("kind: Qeue\nmetadata: {name: x}\n");

        assertThat(refused).hasMessageContaining("f.yaml:1:7").hasMessageContaining("unknown kind 'Qeue'");
        assertThat(refused.hints()).containsExactly("Did you mean Queue?");
    }

    @Test
    void a_document_without_kind_or_name_is_refused() {
        assertThat(refused("metadata: {name: x}\n")).hasMessageContaining("does not say its kind");
        assertThat(refused("kind: Team\nspec: {}\n")).hasMessageContaining("has no name");
        assertThat(refused("- a\n- b\n")).hasMessageContaining("must be a mapping");
    }

    @Test
    void a_kubernetes_manifest_is_told_what_to_leave_out() {
        assertThat(refused("apiVersion: batch/v1\n" + JOB).hints())
                .first()
                .asString()
                .contains("delete the line");
    }

    @Test
    void wrong_forms_are_said_with_what_was_expected() {
        assertThat(refused(JOB.replace("count: 4", "count: many")))
                .hasMessageContaining("f.yaml:7:")
                .hasMessageContaining("'many'")
                .hasMessageContaining("a whole number");
        assertThat(refused(JOB.replace("count: 4", "count: 2.5"))).hasMessageContaining("a whole number");
        assertThat(refused(JOB.replace("count: 4", "command: ls -l"))).hasMessageContaining("a list");
        assertThat(refused("kind: Pool\nmetadata: {name: p}\nspec: {resources: {cpu: 1}}\n"))
                .hasMessageContaining("a whole number");
    }

    @Test
    void broken_yaml_is_said_with_its_line() {
        assertThat(refused("kind: Job\nmetadata: {name: x\nspec: 1\n")).hasMessageContaining("f.yaml:");
        assertThat(refused("kind: Job\n\tmetadata: x\n")).hasMessageContaining("f.yaml:2:");
    }

    @Test
    void aliases_are_refused_as_their_text_would_be_taken_for_a_value() {
        assertThat(refused("kind: Team\nmetadata: &m {name: x}\nspec: {namespace: *m}\n"))
                .hasMessageContaining("anchors and aliases");
    }

    @Test
    void very_deep_yaml_is_refused_and_does_not_break_the_reader() {
        assertThat(refused("kind: Job\nmetadata: " + "[".repeat(100_000))).hasMessageContaining("f.yaml");
    }

    @Test
    void what_the_service_gave_out_can_be_read_back() {
        String given = """
                kind: Pool
                metadata: {name: p, id: x, etag: '"3"', createdAt: 2026-11-21T09:00:00Z}
                spec: {nodes: 2, resources: {cpu: "4"}}
                status: {readyNodes: 2, allocatable: {cpu: "8"}, used: {}, pods: 0}
                """;

        assertThat(((Pool) read(given).get(0).resource()).spec().nodes()).isEqualTo(2);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        assertThatThrownBy(() -> read(JOB.replace("  roles:", "  notBefore: tomorrow\n  roles:")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("2026-11-21T09:00:00Z");
    }
}
