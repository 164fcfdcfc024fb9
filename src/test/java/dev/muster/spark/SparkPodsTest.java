package dev.muster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.quota.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Spark application becomes a driver that leads and the executors that it makes, with all that Spark is told. */
class SparkPodsTest {
    @TempDir
    Path directory;

    @Test
    void an_application_is_a_driver_that_leads_and_its_executors() {
        List<Role> roles = SparkRoles.of(Applications.pi("3.5.6", new SparkExecutors(true, 0, 20, 160)));
        assertThat(roles).extracting(role -> role.name().value()).containsExactly("driver", "executor");
        assertThat(roles.get(0).leader()).isTrue();
        assertThat(roles.get(0).pod().isMadeByLeader()).isFalse();
        assertThat(roles.get(1).minimum()).isEqualTo(20);
        assertThat(roles.get(1).maximum()).isEqualTo(160);
        assertThat(roles.get(1).pod().isMadeByLeader()).isTrue();
        assertThat(roles.get(1).pod().resources())
                .isEqualTo(Resources.of(Map.of(Resources.CPU, 1000L, Resources.MEMORY, 896L << 20)));
    }

    @Test
    void the_driver_is_told_everything() throws IOException {
        PodTemplate driver = SparkPods.driver(Applications.pi("3.5.6", SparkExecutors.fixed(2)));
        assertThat(driver.args()).containsExactly("20");
        assertThat(driver.command().subList(0, 2)).containsExactly("/bin/sh", "-c");
        assertThat(driver.command().get(2)).isEqualTo(golden());
    }

    @Test
    void what_the_job_brings_along_is_found_where_the_pod_is_told() {
        SparkJob pi = Applications.pi("3.5.6", SparkExecutors.fixed(2));
        SparkDependencies brought = new SparkDependencies(
                List.of("artifact:lib.jar", "https://example.com/other.jar"),
                List.of(),
                List.of(),
                List.of("artifact:env.zip#env"),
                List.of(),
                List.of());
        SparkJob job = new SparkJob(
                pi.version(),
                pi.language(),
                pi.image(),
                pi.mainClass(),
                "artifact:app.jar",
                pi.arguments(),
                brought,
                Map.of("spark.app.note", "artifact:lib.jar"),
                null,
                pi.driver(),
                pi.executor(),
                pi.executors());

        assertThat(SparkPods.driver(job).command().get(2))
                .contains("main=\"$MUSTER_ARTIFACTS\"/app.jar\n")
                .contains("--conf spark.jars=\"$MUSTER_ARTIFACTS\"/lib.jar,https://example.com/other.jar ")
                .contains("--conf spark.archives=\"$MUSTER_ARTIFACTS\"/'env.zip#env' ")
                .contains("--conf spark.app.note=artifact:lib.jar ");
    }

    @Test
    void every_word_reaches_spark_as_it_was_written() throws Exception {
        SparkJob job = Applications.pi("3.5.6", SparkExecutors.fixed(2));
        Path submit = Files.createDirectories(directory.resolve("bin")).resolve("spark-submit");
        Files.writeString(submit, "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        List<String> command = new java.util.ArrayList<>(SparkPods.driver(job).command());
        command.add("an argument");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("SPARK_HOME", directory.toString(), "MUSTER_JOB_NAME", "pi"));
        builder.environment().remove("KUBERNETES_SERVICE_HOST");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said.lines())
                .containsExactly(
                        "muster: no Kubernetes here: Spark computes in this one process, local[2]; its 2 executors are simulated",
                        "--master",
                        "local[2]",
                        "--name",
                        "pi",
                        "--driver-memory",
                        "512m",
                        "--conf",
                        "spark.ui.port=4040",
                        "--conf",
                        "spark.app.note=it's \"quoted\" $HOME `id`",
                        directory + "/examples/src/main/python/pi.py",
                        "an argument");
        assertThat(SparkDriver.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    }

    @Test
    void spark_before_3_2_makes_the_gang_in_one_batch_and_decommissions_nobody() {
        assertThat(batch("3.1.3", 20)).isEqualTo("20");
        assertThat(batch("3.1.3", 500)).isEqualTo("500");
        assertThat(batch("3.5.6", 2)).isEqualTo("5");
        assertThat(batch("3.5.6", 500)).isEqualTo("100");
        assertThat(batch("4.0.1", 2)).isEqualTo("10");
        assertThat(SparkConf.of(Applications.pi("3.0.3", SparkExecutors.fixed(2))))
                .doesNotContainKey("spark.decommission.enabled");
        assertThat(SparkConf.of(Applications.pi("3.5.6", SparkExecutors.fixed(2))))
                .containsEntry("spark.decommission.enabled", "false");
    }

    @Test
    void dynamic_allocation_never_goes_below_the_gang() {
        assertThat(SparkConf.of(Applications.pi("3.5.6", new SparkExecutors(true, 2, 20, 160))))
                .containsEntry("spark.dynamicAllocation.minExecutors", "20")
                .containsEntry("spark.dynamicAllocation.initialExecutors", "20")
                .containsEntry("spark.dynamicAllocation.maxExecutors", "160")
                .containsEntry("spark.executor.memoryOverhead", "384m");
    }

    @Test
    void a_key_that_a_field_says_is_known() {
        assertThat(SparkConf.saidBy("spark.executor.memory")).contains("executor/memory");
        assertThat(SparkConf.saidBy("spark.kubernetes.executor.label.a/b")).contains("executor/labels");
        assertThat(SparkConf.saidBy("spark.sql.shuffle.partitions")).isEqualTo(Optional.empty());
        assertThat(SparkConf.of(Applications.pi("3.5.6", SparkExecutors.fixed(2))).keySet().stream()
                        .filter(key -> !key.equals("spark.app.note"))
                        .filter(key -> SparkConf.saidBy(key).isEmpty()))
                .as("what Muster writes a user cannot, but for these")
                .containsExactlyInAnyOrder("spark.decommission.enabled", "spark.ui.killEnabled", SparkConf.batchKey());
    }

    private static String golden() throws IOException {
        try (InputStream file = SparkPodsTest.class.getResourceAsStream("/golden/spark-driver.sh")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String batch(String version, int executors) {
        return SparkConf.of(Applications.pi(version, SparkExecutors.fixed(executors)))
                .get(SparkConf.batchKey());
    }
}
