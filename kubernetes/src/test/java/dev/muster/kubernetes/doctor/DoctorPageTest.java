package dev.muster.kubernetes.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/doctor.md has a heading for every check, in order. */
class DoctorPageTest {
    private static final Pattern HEADING = Pattern.compile("^## ([A-Z_]+)$", Pattern.MULTILINE);

    @Test
    void every_check_is_a_heading_in_the_order_in_which_they_are_made() throws IOException {
        List<String> checks = new ArrayList<>(List.of("JAVA", "DISK", "DATABASE", "PLANNER"));
        try (KubernetesClient nowhere =
                new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
            Expected nothing = new Expected(
                    "muster",
                    "muster",
                    Expected.VolcanoPlace.USUAL,
                    "",
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>());
            checks.addAll(new ClusterDoctor(nowhere, nothing, InstantSource.system()).names());
        }
        checks.addAll(List.of("IDLE_NODES", "POOLS"));
        String page = Files.readString(Path.of("..", "docs", "doctor.md"));
        assertThat(HEADING.matcher(page).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(checks);
    }
}
