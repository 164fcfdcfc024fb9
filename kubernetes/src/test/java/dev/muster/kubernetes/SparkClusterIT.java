package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodRef;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.PodPage;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A real spark-submit in the place of a driver's pod: its executors appear by Spark's own hand. {@code ./muster test-cluster --spark}. */
@ClusterTest
@EnabledIfEnvironmentVariable(named = "MUSTER_TEST_SPARK", matches = ".+")
class SparkClusterIT {
    private static final int EXECUTORS = 20;
    private static final Path LOG = Path.of("target/spark-submit.log");
    private static final Pattern PORT = Pattern.compile("'SparkUI' on port (\\d+)");

    private final TestCluster testCluster;
    private final SparkSite spark;

    @TempDir
    Path directory;

    /** Where this machine serves Spark's page, as a pod would. */
    private final InetAddress address = PodPage.ownAddress().orElse(InetAddress.getLoopbackAddress());

    private Process submit;

    SparkClusterIT(TestCluster testCluster) {
        this.testCluster = testCluster;
        this.spark = new SparkSite(testCluster, EXECUTORS);
    }

    @AfterEach
    void take_it_away() throws InterruptedException {
        if (submit != null) {
            submit.descendants().forEach(ProcessHandle::destroyForcibly);
            submit.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        spark.close();
    }

    @Test
    void executors_of_a_real_spark_are_gated_grouped_and_released() throws IOException {
        allow();
        spark.cluster.launch(SparkSite.gang(EXECUTORS));
        SparkSite.until(() -> spark.running() == 1);
        Instant begin = Instant.now();
        submit();
        SparkSite.until(() -> !spark.executors().isEmpty());
        long first = SparkSite.millisSince(begin);
        SparkSite.until(() -> spark.executors().size() == EXECUTORS);
        long made = SparkSite.millisSince(begin);
        SparkSite.until(() -> spark.running() == EXECUTORS + 1);
        long running = SparkSite.millisSince(begin);
        System.out.printf(
                "spark-submit to first executor made %d ms, to %d made %d ms, to all running %d ms%n",
                first, EXECUTORS, made, running);
        assertThat(spark.group().getSpec().getMinMember()).isEqualTo(EXECUTORS + 1);
        assertThat(spark.indexes()).hasSize(EXECUTORS).doesNotContain("none");
        Pod executor = spark.executors().get(0);
        assertThat(executor.getMetadata().getOwnerReferences().get(0).getName()).isEqualTo("pi-1-driver-0");
        assertThat(executor.getMetadata().getAnnotations()).containsEntry(Labels.GROUP_NAME, "pi-1");
        assertThat(executor.getSpec().getPriorityClassName()).isEqualTo("urgent");
        assertThat(executor.getSpec().getSchedulerName()).isEqualTo("volcano");
        assertThat(executor.getSpec().getContainers().get(0).getResources().getRequests())
                .as("Spark asks for what was worked out: 512 MiB and 384 MiB")
                .containsEntry("memory", new Quantity("896Mi"));
        if (!address.isLoopbackAddress()) {
            itsOwnPageComesThroughTheApiServer();
        }
        spark.cluster.release(SparkSite.ATTEMPT);
        SparkSite.until(() -> spark.executors().isEmpty());
    }

    private void itsOwnPageComesThroughTheApiServer() throws IOException {
        Pod driver = spark.site
                .admin()
                .pods()
                .inNamespace(spark.site.id)
                .withName("pi-1-driver-0")
                .get();
        PodPage.put(spark.site.admin(), driver, address);
        Matcher port = PORT.matcher(Files.readString(LOG));
        assertThat(port.find()).isTrue();
        PageRequest request =
                new PageRequest(Integer.parseInt(port.group(1)), "/jobs/", Map.of("X-Forwarded-Context", "/base"));
        AtomicReference<String> page = new AtomicReference<>("");
        SparkSite.until(() -> {
            page.set(spark.cluster
                    .page(new PodRef(SparkSite.ATTEMPT, new RoleName("driver"), 0), request)
                    .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                    .orElse(""));
            return !page.get().isEmpty();
        });
        assertThat(page.get())
                .contains("Spark Jobs", "\"/base/static/", "\"/base/executors/")
                .doesNotContain("/proxy/");
    }

    /** What the role of a team's driver allows. */
    private void allow() {
        spark.site
                .admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("driver")
                        .withNamespace(spark.site.id)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "edit")
                        .addNewSubject(null, "ServiceAccount", "default", spark.site.id)
                        .build())
                .create();
    }

    private void submit() throws IOException {
        Path home = Path.of(System.getenv("MUSTER_TEST_SPARK"));
        Path template = directory.resolve("executor.json");
        Files.writeString(template, spark.executorTemplate());
        Path kubeconfig = testCluster.kubeconfigOf(spark.site.id, "default");
        String server = Files.readString(kubeconfig)
                .lines()
                .map(line -> line.strip().replace("\"", ""))
                .filter(line -> line.contains("server: "))
                .map(line -> line.substring(line.indexOf("server: ") + "server: ".length()))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/spark-submit").toString(),
                "--master",
                "k8s://" + server,
                "--deploy-mode",
                "client",
                "--name",
                "pi"));
        Map.of(
                        "spark.driver.host", "127.0.0.1",
                        "spark.kubernetes.namespace", spark.site.id,
                        "spark.kubernetes.driver.pod.name", "pi-1-driver-0",
                        "spark.kubernetes.executor.podNamePrefix", "pi-1",
                        "spark.kubernetes.executor.podTemplateFile", template.toString(),
                        "spark.kubernetes.container.image", "apache/spark:3.5.6",
                        "spark.executor.instances", Integer.toString(EXECUTORS),
                        "spark.executor.memory", "512m",
                        "spark.executor.memoryOverhead", "384m",
                        "spark.kubernetes.allocation.batch.size", Integer.toString(EXECUTORS))
                .forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
        command.addAll(List.of("--conf", "spark.ui.port=0", "--driver-memory", "512m"));
        command.addAll(List.of(home.resolve("examples/src/main/python/pi.py").toString(), "4"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile());
        builder.environment()
                .put(
                        "KUBECONFIG",
                        testCluster.kubeconfigOf(spark.site.id, "default").toString());
        builder.environment().put("SPARK_LOCAL_IP", address.getHostAddress());
        submit = builder.start();
    }
}
