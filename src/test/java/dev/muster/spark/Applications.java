package dev.muster.spark;

import dev.muster.cluster.PodTemplate;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;

/** Spark applications of tests. */
final class Applications {
    static final PodTemplate BARE = new PodTemplate(
            null,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            null,
            Resources.of(Map.of()),
            NodeAffinity.ANY,
            List.of(),
            Map.of(),
            Map.of());

    private Applications() {}

    static SparkPod pod(int cores, long mebibytes) {
        return new SparkPod(cores, null, mebibytes, null, null, null, BARE);
    }

    static SparkJob pi(String version, SparkExecutors executors) {
        return new SparkJob(
                version,
                SparkLanguage.PYTHON,
                "apache/spark:" + version + "-python3",
                null,
                "local:///opt/spark/examples/src/main/python/pi.py",
                List.of("20"),
                SparkDependencies.NONE,
                Map.of("spark.app.note", "it's \"quoted\" $HOME `id`"),
                null,
                pod(1, 512),
                pod(1, 512),
                executors);
    }
}
