package dev.muster.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static List<Manifest> read(Path directory) {
        return ManifestFiles.read(List.of(directory.toString()), InputStream.nullInputStream());
    }

    @Test
    void there_is_a_sample_of_every_kind_and_all_are_well_formed() {
        Set<Kind> kinds = read(EXAMPLES).stream().map(Manifest::kind).collect(Collectors.toSet());

        assertThat(kinds).isEqualTo(EnumSet.allOf(Kind.class));
    }

    @Test
    void the_demo_has_all_it_needs() {
        Set<Kind> kinds =
                read(EXAMPLES.resolve("demo")).stream().map(Manifest::kind).collect(Collectors.toSet());

        assertThat(kinds).contains(Kind.POOL, Kind.QUEUE, Kind.TEAM, Kind.JOB);
    }
}
