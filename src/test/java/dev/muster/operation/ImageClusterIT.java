package dev.muster.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** The image, said three times: by the Dockerfile, by Jib's profile, by what the chart expects of it; and the package it is made of. */
@ClusterTest
class ImageClusterIT {
    private static final Path CLONE = Path.of("..");

    private final Dockerfile image;
    private final Map<String, String> jib;
    private final PodSpec pod;
    private final Container container;

    ImageClusterIT(TestCluster cluster) throws Exception {
        image = Dockerfile.read();
        jib = jib();
        pod = Chart.deployment(cluster.client()).getSpec().getTemplate().getSpec();
        container = pod.getContainers().get(0);
    }

    @Test
    void all_of_the_package_is_copied_to_where_its_jar_looks_for_it() throws IOException {
        Path app = CLONE.resolve("src/target/quarkus-app");
        List<String> copied = image.all("COPY").stream()
                .map(copy -> copy.split("\\s+"))
                .flatMap(words -> copied(app, words))
                .sorted()
                .toList();
        assertThat(copied).isEqualTo(inside(app).stream().map("/app/"::concat).toList());
        try (JarFile jar = new JarFile(app.resolve("quarkus-run.jar").toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(copied)
                    .containsAll(Arrays.stream(classPath.split(" "))
                            .map("/app/"::concat)
                            .toList());
        }
        assertThat(jib).containsEntry("working-directory", "/app");
    }

    @Test
    void its_base_is_pinned_and_the_same() {
        List<String> base = image.words("ARG");
        assertThat(base).hasSize(1).first().asString().matches("BASE=[a-z.-]+:[\\w.-]+@sha256:[0-9a-f]{64}");
        assertThat(image.words("FROM")).containsExactly("${BASE}");
        assertThat(jib).containsEntry("base-jvm-image", base.get(0).substring("BASE=".length()));
    }

    @Test
    void it_starts_in_the_same_way() {
        List<String> words = image.words("ENTRYPOINT");
        assertThat(words.get(0)).isEqualTo("java");
        assertThat(words.subList(words.size() - 2, words.size())).containsExactly("-jar", "/app/quarkus-run.jar");
        assertThat(jib.get("jvm-arguments").split(",")).containsExactlyElementsOf(words.subList(1, words.size() - 2));
        assertThat(image.all("CMD")).isEmpty();
        assertThat(container.getCommand()).isEmpty();
        assertThat(container.getArgs()).isEmpty();
    }

    @Test
    void it_runs_as_the_same_nobody() {
        List<String> user = image.words("USER");
        assertThat(user).hasSize(1).first().asString().matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(jib).containsEntry("user", user.get(0));
        assertThat(pod.getSecurityContext().getRunAsUser() + ":"
                        + pod.getSecurityContext().getRunAsGroup())
                .isEqualTo(user.get(0));
        assertThat(image.all("COPY")).allMatch(copy -> copy.startsWith("--chown=0:0 "));
    }

    @Test
    void it_writes_to_the_volumes_that_the_chart_mounts() {
        List<String> empty = pod.getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .map(volume -> volume.getName())
                .toList();
        assertThat(container.getVolumeMounts().stream()
                        .filter(mount -> empty.contains(mount.getName()))
                        .map(VolumeMount::getMountPath)
                        // Output has a place of its own where the chart says so; without a chart it lies with the data.
                        .filter(path -> !path.equals(told("MUSTER_LOGS_DIRECTORY"))))
                .containsExactlyInAnyOrderElementsOf(image.words("VOLUME"));
        assertThat(image.words("VOLUME"))
                .contains(image.words("WORKDIR").get(0), "/tmp")
                .anyMatch(volume -> environment().get("MUSTER_DATA").startsWith(volume + "/"));
    }

    /** By the chart. */
    private String told(String variable) {
        return container.getEnv().stream()
                .filter(each -> each.getName().equals(variable))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void it_answers_on_the_same_ports() {
        List<String> ports = image.words("EXPOSE");
        assertThat(List.of(jib.get("ports").split(","))).isEqualTo(ports);
        assertThat(container.getPorts().stream()
                        .map(ContainerPort::getContainerPort)
                        .map(String::valueOf))
                .containsExactlyElementsOf(ports);
        assertThat(Stream.of("QUARKUS_HTTP_PORT", "MUSTER_WEBHOOK_PORT")
                        .map(name -> environment().get(name)))
                .containsExactlyElementsOf(ports);
    }

    @Test
    void it_is_set_up_in_the_same_way() {
        Map<String, String> said = new TreeMap<>();
        for (String word : image.words("ENV")) {
            said.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        String prefix = "environment-variables.";
        assertThat(jib.keySet().stream()
                        .filter(key -> key.startsWith(prefix))
                        .collect(Collectors.toMap(key -> key.substring(prefix.length()), jib::get)))
                .isEqualTo(said);
        assertThat(environment()).containsAllEntriesOf(said);
    }

    private Map<String, String> environment() {
        return container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    /** What one COPY brings, as paths in the image; its words: who owns it, from where, to where. */
    private static Stream<String> copied(Path app, String[] words) {
        Path from = CLONE.resolve(words[1]);
        assertThat(from).as("what the Dockerfile copies").exists();
        assertThat(from.startsWith(app)).as("%s is of the package", from).isTrue();
        return Files.isDirectory(from)
                ? inside(from).stream().map(words[2]::concat)
                : Stream.of(words[2] + from.getFileName());
    }

    private static List<String> inside(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.equals("quarkus-app-dependencies.txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the profile {@code image} sets, without its prefix. */
    private static Map<String, String> jib() throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getElementsByTagName("*");
        Map<String, String> settings = new TreeMap<>();
        for (int i = 0; i < all.getLength(); i++) {
            String name = all.item(i).getNodeName();
            if (name.startsWith("quarkus.jib.")) {
                settings.put(
                        name.substring("quarkus.jib.".length()), all.item(i).getTextContent());
            }
        }
        return settings;
    }
}
