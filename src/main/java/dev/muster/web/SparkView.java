package dev.muster.web;

import dev.muster.api.SecretEnv;
import dev.muster.api.SparkDriverSpec;
import dev.muster.api.SparkExecutorSpec;
import dev.muster.api.SparkSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import dev.muster.spark.SparkExecutors;
import dev.muster.spark.SparkJob;
import dev.muster.spark.SparkPod;
import dev.muster.spark.SparkSize;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Spark application as it goes over the wire: as it was asked for, Spark's defaults filled in. Secrets are names only. */
final class SparkView {
    private SparkView() {}

    /** {@code labels} and {@code annotations} are the job's, which are not repeated. */
    static @Nullable SparkSpec of(@Nullable SparkJob job, Map<String, String> labels, Map<String, String> annotations) {
        if (job == null) {
            return null;
        }
        return new SparkSpec(
                job.version(),
                job.language().word(),
                job.image(),
                job.mainClass(),
                job.mainApplicationFile(),
                PodView.some(job.arguments()),
                PodView.some(job.dependencies().jars()),
                PodView.some(job.dependencies().files()),
                PodView.some(job.dependencies().pyFiles()),
                PodView.some(job.dependencies().archives()),
                PodView.some(job.dependencies().packages()),
                PodView.some(job.dependencies().repositories()),
                PodView.some(job.conf()),
                job.memoryOverheadFactor() == null
                        ? null
                        : job.memoryOverheadFactor().toString(),
                driver(job.driver(), labels, annotations),
                executor(job.executor(), job.executors(), labels, annotations));
    }

    private static SparkDriverSpec driver(
            SparkPod driver, Map<String, String> labels, Map<String, String> annotations) {
        PodTemplate pod = driver.pod();
        return new SparkDriverSpec(
                driver.cores(),
                request(driver.coreRequest()),
                SparkSize.text(driver.memory()),
                size(driver.memoryOverhead()),
                PodView.some(pod.env()),
                secrets(pod),
                PodView.some(PodView.volumes(pod)),
                PodView.affinity(PodView.asked(pod.affinity())),
                PodView.some(PodView.tolerations(pod.tolerations())),
                PodView.some(PodView.without(pod.labels(), labels)),
                PodView.some(PodView.without(pod.annotations(), annotations)),
                PodView.spot(pod.affinity()));
    }

    private static SparkExecutorSpec executor(
            SparkPod executor, SparkExecutors count, Map<String, String> labels, Map<String, String> annotations) {
        PodTemplate pod = executor.pod();
        return new SparkExecutorSpec(
                count.dynamic() ? null : count.initial(),
                count.dynamic() ? count.least() : null,
                count.dynamic() ? count.initial() : null,
                count.dynamic() ? count.most() : null,
                executor.cores(),
                request(executor.coreRequest()),
                SparkSize.text(executor.memory()),
                size(executor.memoryOverhead()),
                size(executor.offHeapMemory()),
                size(executor.pysparkMemory()),
                PodView.some(pod.env()),
                secrets(pod),
                PodView.some(PodView.volumes(pod)),
                PodView.affinity(PodView.asked(pod.affinity())),
                PodView.some(PodView.tolerations(pod.tolerations())),
                PodView.some(PodView.without(pod.labels(), labels)),
                PodView.some(PodView.without(pod.annotations(), annotations)),
                PodView.spot(pod.affinity()));
    }

    private static @Nullable List<SecretEnv> secrets(PodTemplate pod) {
        return PodView.some(pod.secretEnv().stream()
                .map(secret -> new SecretEnv(secret.name(), secret.secret(), secret.key()))
                .toList());
    }

    private static @Nullable String request(@Nullable Long milli) {
        return milli == null ? null : Quantity.format(Resources.CPU, milli);
    }

    private static @Nullable String size(@Nullable Long mebibytes) {
        return mebibytes == null ? null : SparkSize.text(mebibytes);
    }
}
