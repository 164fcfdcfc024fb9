package dev.muster.spark;

import dev.muster.cluster.PodTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration of an application: what its fields say, in Spark's words, and what a gang needs. Executors' memory is always
 * written out, so that what Spark asks for is what was planned for.
 */
public final class SparkConf {
    /** Executors made at once: more is hard on an API server. */
    static final int LARGEST_BATCH = 100;

    private static final String BATCH_SIZE = "spark.kubernetes.allocation.batch.size";

    /** Keys that a field says, or that are the gang's; a key that ends with a dot stands for all that begin so. */
    private static final Map<String, String> SAID_ELSEWHERE = said();

    private SparkConf() {}

    /** Where it is said instead; empty where the key is free. */
    public static Optional<String> saidBy(String key) {
        String exact = SAID_ELSEWHERE.get(key);
        if (exact != null) {
            return Optional.of(exact);
        }
        return SAID_ELSEWHERE.entrySet().stream()
                .filter(known -> known.getKey().endsWith(".") && key.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Everything that is known before an attempt begins, sorted. */
    public static Map<String, String> of(SparkJob job) {
        Map<String, String> conf = new TreeMap<>();
        SparkVersion version = job.release();
        conf.put(BATCH_SIZE, Integer.toString(batch(job.executors().initial(), version)));
        // Who may look at its page may not end what it computes.
        conf.put("spark.ui.killEnabled", "false");
        conf.putAll(job.conf());
        Decommission.add(conf, version);
        if (job.image() != null) {
            conf.put("spark.kubernetes.container.image", job.image());
        }
        conf.put("spark.driver.bindAddress", "0.0.0.0");
        conf.put("spark.driver.port", "7078");
        conf.put("spark.driver.blockManager.port", "7079");
        conf.put("spark.driver.cores", Integer.toString(job.driver().cores()));
        conf.put("spark.driver.memory", SparkSize.text(job.driverMemory().heap()));
        executors(job, conf);
        dependencies(job.dependencies(), conf);
        return conf;
    }

    /** What holds also where Spark runs in one process, without Kubernetes. */
    static Map<String, String> anywhere(SparkJob job) {
        Map<String, String> conf = new TreeMap<>(job.conf());
        conf.keySet().removeIf(key -> key.startsWith("spark.kubernetes."));
        dependencies(job.dependencies(), conf);
        return conf;
    }

    private static void executors(SparkJob job, Map<String, String> conf) {
        SparkPod executor = job.executor();
        SparkMemory memory = job.executorMemory();
        conf.put("spark.executor.cores", Integer.toString(executor.cores()));
        conf.put("spark.executor.memory", SparkSize.text(memory.heap()));
        conf.put("spark.executor.memoryOverhead", SparkSize.text(memory.overhead()));
        conf.put("spark.kubernetes.executor.request.cores", executor.milliCores() + "m");
        if (executor.offHeapMemory() != null) {
            conf.put("spark.memory.offHeap.enabled", "true");
            conf.put("spark.memory.offHeap.size", SparkSize.text(executor.offHeapMemory()));
        }
        if (executor.pysparkMemory() != null) {
            conf.put("spark.executor.pyspark.memory", SparkSize.text(executor.pysparkMemory()));
        }
        if (job.language() == SparkLanguage.PYTHON) {
            // Spark says so itself in cluster mode only; without it the executors' PySpark memory is not asked for.
            conf.put("spark.kubernetes.resource.type", "python");
        }
        SparkExecutors count = job.executors();
        conf.put("spark.executor.instances", Integer.toString(count.initial()));
        if (count.dynamic()) {
            conf.put("spark.dynamicAllocation.enabled", "true");
            conf.put("spark.dynamicAllocation.shuffleTracking.enabled", "true");
            // Never below the gang: what Spark lets go Muster would have to make good again.
            conf.put("spark.dynamicAllocation.minExecutors", Integer.toString(count.initial()));
            conf.put("spark.dynamicAllocation.initialExecutors", Integer.toString(count.initial()));
            conf.put("spark.dynamicAllocation.maxExecutors", Integer.toString(count.most()));
        }
        PodTemplate pod = executor.pod();
        pod.env().forEach((name, value) -> conf.put("spark.executorEnv." + name, value));
        pod.secretEnv()
                .forEach(secret -> conf.put(
                        "spark.kubernetes.executor.secretKeyRef." + secret.name(),
                        secret.secret() + ":" + secret.key()));
    }

    private static void dependencies(SparkDependencies brought, Map<String, String> conf) {
        list(conf, "spark.jars", brought.jars());
        list(conf, "spark.files", brought.files());
        list(conf, "spark.submit.pyFiles", brought.pyFiles());
        list(conf, "spark.archives", brought.archives());
        list(conf, "spark.jars.packages", brought.packages());
        list(conf, "spark.jars.repositories", brought.repositories());
    }

    private static void list(Map<String, String> conf, String key, List<String> values) {
        if (!values.isEmpty()) {
            conf.put(key, String.join(",", values));
        }
    }

    /**
     * Until 3.1 Spark makes no further executors while earlier ones wait: a gang that is held has to be made in one batch. Later ones
     * are made batch after batch.
     */
    static int batch(int gang, SparkVersion version) {
        int usual = version.isAtLeast(4, 2) ? 20 : version.isAtLeast(4, 0) ? 10 : 5;
        return version.isAtLeast(3, 2) ? Math.max(usual, Math.min(gang, LARGEST_BATCH)) : Math.max(usual, gang);
    }

    /** Why the user's own size of a batch cannot be; empty where it can. */
    public static Optional<String> wrongBatch(
            Map<String, String> conf, SparkExecutors executors, SparkVersion version) {
        String said = conf.get(BATCH_SIZE);
        if (said == null || version.isAtLeast(3, 2)) {
            return Optional.empty();
        }
        boolean enough = said.matches("\\d{1,9}") && Integer.parseInt(said) >= executors.initial();
        return enough
                ? Optional.empty()
                : Optional.of(
                        "'%s': before 3.2 Spark makes no more executors while some wait, so expected at least the gang's %d"
                                .formatted(said, executors.initial()));
    }

    /** Why a key means nothing to this version of Spark, which would pass it over in silence; empty where it may. */
    public static Optional<String> unknown(String key, SparkVersion version) {
        return Decommission.unknown(key, version);
    }

    /** The key of {@link #wrongBatch}. */
    public static String batchKey() {
        return BATCH_SIZE;
    }

    private static Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        said.put("spark.master", "");
        said.put("spark.submit.deployMode", "");
        said.put("spark.app.id", "");
        said.put("spark.ui.port", "");
        said.put("spark.driver.bindAddress", "");
        said.put("spark.driver.host", "");
        said.put("spark.driver.port", "");
        said.put("spark.driver.blockManager.port", "");
        said.put("spark.kubernetes.namespace", "");
        said.put("spark.kubernetes.context", "");
        said.put("spark.kubernetes.authenticate.", "");
        said.put("spark.kubernetes.driver.", "driver");
        said.put("spark.kubernetes.resource.type", "type");
        said.put("spark.kubernetes.allocation.pods.allocator", "");
        said.put("spark.kubernetes.allocation.maximum", "executor/max");
        said.put("spark.kubernetes.executor.podNamePrefix", "");
        said.put("spark.kubernetes.executor.podTemplateFile", "executor");
        said.put("spark.kubernetes.executor.scheduler.name", "");
        said.put("spark.kubernetes.executor.pod.featureSteps", "");
        said.put("spark.kubernetes.executor.request.cores", "executor/coreRequest");
        said.put("spark.kubernetes.executor.limit.cores", "executor/coreRequest");
        said.put("spark.kubernetes.executor.label.", "executor/labels");
        said.put("spark.kubernetes.executor.annotation.", "executor/annotations");
        said.put("spark.kubernetes.executor.node.selector.", "executor/nodeAffinity");
        said.put("spark.kubernetes.executor.secretKeyRef.", "executor/secretEnv");
        said.put("spark.kubernetes.executor.secrets.", "executor/volumes");
        said.put("spark.kubernetes.executor.volumes.", "executor/volumes");
        said.put("spark.kubernetes.executor.container.image", "image");
        said.put("spark.kubernetes.container.image", "image");
        said.put("spark.kubernetes.node.selector.", "executor/nodeAffinity");
        said.put("spark.kubernetes.scheduler.", "");
        said.put("spark.kubernetes.memoryOverheadFactor", "memoryOverheadFactor");
        said.put("spark.driver.memoryOverheadFactor", "memoryOverheadFactor");
        said.put("spark.executor.memoryOverheadFactor", "memoryOverheadFactor");
        said.put("spark.driver.minMemoryOverhead", "driver/memoryOverhead");
        said.put("spark.executor.minMemoryOverhead", "executor/memoryOverhead");
        said.put("spark.driver.cores", "driver/cores");
        said.put("spark.driver.memory", "driver/memory");
        said.put("spark.driver.memoryOverhead", "driver/memoryOverhead");
        said.put("spark.executor.cores", "executor/cores");
        said.put("spark.executor.memory", "executor/memory");
        said.put("spark.executor.memoryOverhead", "executor/memoryOverhead");
        said.put("spark.executor.pyspark.memory", "executor/pysparkMemory");
        said.put("spark.executor.instances", "executor/instances");
        said.put("spark.executor.resource.", "");
        said.put("spark.driver.resource.", "");
        said.put("spark.memory.offHeap.", "executor/offHeapMemory");
        said.put("spark.executorEnv.", "executor/env");
        said.put("spark.dynamicAllocation.enabled", "executor/max");
        said.put("spark.dynamicAllocation.minExecutors", "executor/min");
        said.put("spark.dynamicAllocation.initialExecutors", "executor/initial");
        said.put("spark.dynamicAllocation.maxExecutors", "executor/max");
        said.put("spark.dynamicAllocation.shuffleTracking.enabled", "");
        said.put("spark.jars", "jars");
        said.put("spark.files", "files");
        said.put("spark.archives", "archives");
        said.put("spark.submit.pyFiles", "pyFiles");
        said.put("spark.jars.packages", "packages");
        said.put("spark.jars.repositories", "repositories");
        return said;
    }
}
