package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Files that say what objects look like. {@code -Dmuster.golden=write} writes them anew: read the difference before it is committed. */
final class Golden {
    private static final Path FILES = Path.of("src/test/resources/golden");

    private Golden() {}

    static void check(String name, List<? extends HasMetadata> objects) {
        String yaml = objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
        Path file = FILES.resolve(name + ".yaml");
        try {
            if ("write".equals(System.getProperty("muster.golden"))) {
                Files.createDirectories(FILES);
                Files.writeString(file, yaml);
            }
            assertThat(yaml).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
