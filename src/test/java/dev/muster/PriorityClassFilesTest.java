package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.priority.PriorityClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code priorityclasses/*.yaml} and {@link PriorityClasses} say the same. */
class PriorityClassFilesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void the_manifests_are_the_standard_priority_classes() {
        assertThat(manifests()
                        .map(manifest -> new PriorityClass(
                                new PriorityClassName(
                                        manifest.at("/metadata/name").textValue()),
                                manifest.required("value").intValue(),
                                PreemptionPolicy.of(
                                        manifest.required("preemptionPolicy").textValue()),
                                manifest.required("description").textValue())))
                .containsExactlyInAnyOrderElementsOf(PriorityClasses.STANDARD);
    }

    @Test
    void every_manifest_is_one_that_kubernetes_takes_and_none_is_the_default_of_a_whole_cluster() {
        assertThat(manifests()).allSatisfy(manifest -> {
            assertThat(manifest.required("apiVersion").textValue()).isEqualTo("scheduling.k8s.io/v1");
            assertThat(manifest.required("kind").textValue()).isEqualTo("PriorityClass");
            assertThat(manifest.required("globalDefault").booleanValue()).isFalse();
        });
    }

    @Test
    void a_file_is_named_like_its_class() {
        assertThat(files()).allSatisfy(file -> assertThat(file.getFileName())
                .hasToString(read(file).at("/metadata/name").textValue() + ".yaml"));
    }

    private static Stream<JsonNode> manifests() {
        return files().stream().map(PriorityClassFilesTest::read);
    }

    private static List<Path> files() {
        return Clone.files("priorityclasses", ".yaml");
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
