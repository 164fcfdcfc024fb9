package dev.muster.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which service is meant, and that tokens are kept for their owner only. */
class ContextsTest {
    private static final Contexts.Known A = new Contexts.Known("a", URI.create("https://a.example.com"), "muster_a");
    private static final Contexts.Known B = new Contexts.Known("b", URI.create("https://b.example.com"), "muster_b");

    @TempDir
    private Path directory;

    private Map<String, String> environment = Map.of();
    private Contexts contexts = Contexts.of(Map.of());

    @BeforeEach
    void nothing_is_known() {
        environment =
                Map.of("MUSTER_CONFIG", directory.resolve("config").toString(), "MUSTER_HOME", directory.toString());
        contexts = Contexts.of(environment);
    }

    @Test
    void the_last_one_signed_in_to_is_meant_until_another_is_chosen() {
        contexts.keep(A);
        contexts.keep(B);
        assertThat(Connections.find(null, null, environment).server()).isEqualTo(B.server());

        contexts.use("a");
        assertThat(Connections.find(null, null, environment)).isEqualTo(new Connection(A.server(), "muster_a"));

        contexts.forget("a");
        assertThat(contexts.all()).containsOnlyKeys("b");
        assertThat(contexts.present()).isNull();
        assertThatThrownBy(() -> Connections.find(null, null, environment)).isInstanceOf(ServiceNotFound.class);
    }

    @Test
    void what_is_said_goes_before_and_so_does_a_service_that_runs_here() throws IOException {
        contexts.keep(A);
        assertThat(Connections.find("http://c", "t", environment))
                .isEqualTo(new Connection(URI.create("http://c"), "t"));

        Files.writeString(directory.resolve("service.json"), "{\"url\":\"http://127.0.0.1:1\",\"pid\":1}");
        assertThat(Connections.find(null, null, environment).server()).isEqualTo(URI.create("http://127.0.0.1:1"));

        Map<String, String> chosen = Map.of(
                "MUSTER_CONTEXT",
                "a",
                "MUSTER_CONFIG",
                environment.get("MUSTER_CONFIG"),
                "MUSTER_HOME",
                directory.toString());
        assertThat(Connections.find(null, null, chosen).server()).isEqualTo(A.server());
    }

    @Test
    void nobody_else_may_read_the_tokens() throws IOException {
        contexts.keep(A);
        contexts.keep(B);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(contexts.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_cannot_be_read_and_a_name_that_is_not_there_are_told() throws IOException {
        assertThatThrownBy(() -> contexts.use("x")).isInstanceOf(BadInput.class).hasMessageContaining("'x'");
        contexts.keep(A);
        Files.writeString(contexts.file(), "no json");
        assertThatThrownBy(() -> contexts.all()).isInstanceOf(BadInput.class).hasMessageContaining("contexts.json");
    }
}
