package dev.muster.spark;

import dev.muster.cluster.PodTemplate;
import dev.muster.quota.resource.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pods of an application: what the driver runs, what both ask for. The executors' own are made by the driver. */
public final class SparkPods {
    private static final long MEBI = 1L << 20;

    private SparkPods() {}

    public static PodTemplate driver(SparkJob job) {
        return template(
                job,
                job.driver(),
                job.driverMemory(),
                SparkDriver.command(job),
                job.arguments(),
                job.driver().pod().annotations());
    }

    public static PodTemplate executor(SparkJob job) {
        Map<String, String> annotations = new HashMap<>(job.executor().pod().annotations());
        annotations.put(PodTemplate.MADE_BY, PodTemplate.LEADER);
        return template(
                job,
                job.executor(),
                job.executorMemory(),
                // Only where there is no Kubernetes: elsewhere Spark makes these pods, and they run what it says.
                List.of("/bin/sh", "-c", "echo 'muster: simulated: the driver computes alone'; exec sleep 2147483647"),
                List.of(),
                annotations);
    }

    private static PodTemplate template(
            SparkJob job,
            SparkPod said,
            SparkMemory memory,
            List<String> command,
            List<String> arguments,
            Map<String, String> annotations) {
        PodTemplate pod = said.pod();
        return new PodTemplate(
                job.image(),
                command,
                arguments,
                pod.env(),
                pod.secretEnv(),
                pod.volumes(),
                null,
                Resources.of(Map.of(Resources.CPU, said.milliCores(), Resources.MEMORY, memory.total() * MEBI)),
                pod.affinity(),
                pod.tolerations(),
                pod.labels(),
                annotations);
    }
}
