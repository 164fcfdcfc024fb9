package dev.muster.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {
    private static final String TEAM = "kind: Team\nmetadata: {name: a}\nspec: {}\n";

    @TempDir
    private Path directory;

    @Test
    void a_directory_is_its_yaml_files() throws IOException {
        Files.writeString(directory.resolve("b.yaml"), TEAM);
        Files.writeString(directory.resolve("a.yml"), TEAM);
        Files.writeString(directory.resolve("notes.txt"), "no yaml");

        assertThat(ManifestFiles.read(List.of(directory.toString()), InputStream.nullInputStream()))
                .extracting(Manifest::where)
                .containsExactly(directory.resolve("a.yml") + ":1:1", directory.resolve("b.yaml") + ":1:1");
    }

    @Test
    void a_dash_is_standard_input() {
        InputStream in = new ByteArrayInputStream(TEAM.getBytes(StandardCharsets.UTF_8));

        assertThat(ManifestFiles.read(List.of("-"), in)).hasSize(1);
    }

    @Test
    void bytes_that_are_no_text_are_refused_with_their_place() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, "kind: Team\nmetadata: {name: caf\u00e9}\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ManifestFiles.read(List.of(file.toString()), InputStream.nullInputStream()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("byte 32 is no UTF-8");
    }

    @Test
    void a_missing_file_is_said_so() {
        assertThatThrownBy(() -> ManifestFiles.read(List.of("nowhere.yaml"), InputStream.nullInputStream()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("nowhere.yaml: no such file");
    }
}
