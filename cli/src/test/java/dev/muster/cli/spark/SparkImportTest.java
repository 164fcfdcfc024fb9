package dev.muster.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.api.Job;
import dev.muster.api.Schedule;
import dev.muster.api.SparkExecutorSpec;
import dev.muster.api.SparkSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests of the Spark operator become jobs and schedules, and what is changed or refused is said by its field. */
class SparkImportTest {
    @Test
    void an_application_with_volcano_becomes_a_job() throws IOException {
        SparkImport.Imported imported = read("""
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: SparkApplication
                metadata: {name: spark-pi, namespace: spark-jobs}
                spec:
                  type: Python
                  mode: cluster
                  image: apache/spark-py:3.5.6
                  mainApplicationFile: local:///opt/spark/examples/src/main/python/pi.py
                  sparkVersion: 3.5.6
                  batchScheduler: volcano
                  batchSchedulerOptions: {priorityClassName: routine}
                  timeToLiveSeconds: 86400
                  restartPolicy: {type: OnFailure, onFailureRetries: 3, onFailureRetryInterval: 10, onSubmissionFailureRetries: 5, onSubmissionFailureRetryInterval: 20}
                  driver: {cores: 1, coreLimit: 1200m, memory: 512m, serviceAccount: yippee-spark, nodeSelector: {type: driver}}
                  executor: {cores: 1, instances: 2, memory: 512m}
                """);
        assertThat(imported.notes().refusals()).isEmpty();
        Job job = (Job) imported.resource();
        SparkSpec spark = job.spec().spark();
        assertThat(job.spec().priorityClass()).isEqualTo("routine");
        assertThat(job.spec().retry().max()).isEqualTo(3);
        assertThat(job.spec().retry().platformMax()).isEqualTo(5);
        assertThat(job.spec().retry().pause()).isEqualTo("10s");
        assertThat(spark.executor().instances()).isEqualTo(2);
        assertThat(spark.driver().memory()).isEqualTo("512m");
        assertThat(spark.driver()
                        .nodeAffinity()
                        .required()
                        .get(0)
                        .matchExpressions()
                        .get(0)
                        .key())
                .isEqualTo("type");
        assertThat(job.spec().ttlAfterFinished()).isEqualTo("86400s");
        assertThat(imported.notes().changes())
                .anySatisfy(change -> assertThat(change).startsWith("spec.driver.coreLimit: left out"))
                .anySatisfy(change -> assertThat(change).startsWith("metadata.namespace: left out"));
    }

    @Test
    void a_schedule_with_scratch_on_the_host_and_old_secrets() throws IOException {
        SparkImport.Imported imported = read("""
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: ScheduledSparkApplication
                metadata: {name: nightly}
                spec:
                  schedule: "0 3 * * *"
                  concurrencyPolicy: Allow
                  template:
                    type: Scala
                    sparkVersion: 3.5.6
                    mainClass: com.acme.Job
                    mainApplicationFile: local:///opt/app.jar
                    sparkConf: {spark.sql.shuffle.partitions: "9", spark.executor.memory: 2g, spark.kubernetes.namespace: default}
                    deps: {packages: [org.postgresql:postgresql:42.7.4]}
                    dynamicAllocation: {enabled: true, minExecutors: 1, maxExecutors: 20}
                    volumes:
                    - {name: spark-local-dir-1, hostPath: {path: /mnt/a, type: Directory}}
                    driver: {envSecretKeyRefs: {KEY: {name: storage, key: account}}}
                    executor: {volumeMounts: [{name: spark-local-dir-1, mountPath: /mnt/a}]}
                """);
        assertThat(imported.notes().refusals()).isEmpty();
        Schedule schedule = (Schedule) imported.resource();
        SparkSpec spark = schedule.spec().job().spec().spark();
        SparkExecutorSpec executor = spark.executor();
        assertThat(schedule.spec().cron()).isEqualTo("0 3 * * *");
        assertThat(schedule.spec().concurrency()).isEqualTo("ALLOW");
        assertThat(executor.min()).isEqualTo(1);
        assertThat(executor.max()).isEqualTo(20);
        assertThat(executor.memory()).isEqualTo("2g");
        assertThat(executor.volumes().get(0).emptyDir()).isNotNull();
        assertThat(spark.conf()).isEqualTo(Map.of("spark.sql.shuffle.partitions", "9"));
        assertThat(spark.driver().secretEnv().get(0).secret()).isEqualTo("storage");
        assertThat(imported.notes().changes())
                .anySatisfy(change ->
                        assertThat(change).contains("volumes[0].hostPath").contains("became an emptyDir"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {volumes: [{name: d, hostPath: {path: /}}], driver: {volumeMounts: [{name: d, mountPath: /d}]}} | spec.volumes[0].hostPath
            {driver: {envSecretKeyRefs: {A: {name: other/key, key: k}}}}                        | spec.driver.envSecretKeyRefs.A
            {driver: {env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k, namespace: other}}}]}} | spec.driver.env[0].valueFrom.secretKeyRef
            {executor: {secrets: [{name: s, path: /s, namespace: other}]}}                      | spec.executor.secrets[0]
            {executor: {securityContext: {privileged: true}}}                                   | spec.executor.securityContext.privileged
            {executor: {securityContext: {capabilities: {add: [SYS_ADMIN]}}}}                   | spec.executor.securityContext.capabilities.add
            {driver: {hostNetwork: true}}                                                       | spec.driver.hostNetwork
            {driver: {sidecars: [{name: x}]}}                                                   | spec.driver.sidecars
            {mode: client}                                                                      | spec.mode
            {proxyUser: root}                                                                   | spec.proxyUser
            {executor: {instances: many}}                                                       | spec.executor.instances
            {driver: {volumeMounts: [{name: none, mountPath: /d}]}}                             | spec.driver.volumeMounts[0]
            {dynamicAllocation: {enabled: true}}                                                | spec.dynamicAllocation.maxExecutors
            {restartPolicy: {type: Always}}                                                     | spec.restartPolicy.type
            {driver: {image: a}, executor: {image: b}}                                          | spec.image
            """)
    void what_muster_never_runs_is_refused_by_its_field(String more, String field) throws IOException {
        SparkImport.Imported imported = read("""
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: SparkApplication
                metadata: {name: bad}
                spec:
                  sparkVersion: 3.5.6
                  mainApplicationFile: a.jar
                """, more);
        assertThat(imported.notes().refusals()).hasSize(1).first().asString().startsWith(field + ": ");
    }

    @Test
    void what_muster_does_not_know_is_told_and_nothing_is_passed_over_in_silence() throws IOException {
        assertThat(read("""
                                apiVersion: sparkoperator.k8s.io/v1beta2
                                kind: SparkApplication
                                metadata: {name: more}
                                spec:
                                  sparkVersion: 3.5.6
                                  mainApplicationFile: a.jar
                                """, "{monitoring: {exposeDriverMetrics: true}, driver: {surprise: 1}}")
                        .notes()
                        .changes())
                .contains(
                        "spec.monitoring: left out: Muster has nothing for it",
                        "spec.driver.surprise: left out: Muster has nothing for it");
    }

    private static SparkImport.Imported read(String yaml) throws IOException {
        JsonNode manifest = new YAMLMapper().readTree(yaml);
        assertThat(SparkImport.isOne(manifest)).isTrue();
        return SparkImport.read(manifest, null);
    }

    private static SparkImport.Imported read(String yaml, String more) throws IOException {
        JsonNode manifest = new YAMLMapper().readTree(yaml);
        ((com.fasterxml.jackson.databind.node.ObjectNode) manifest.path("spec"))
                .setAll((com.fasterxml.jackson.databind.node.ObjectNode) new YAMLMapper().readTree(more));
        return SparkImport.read(manifest, null);
    }
}
