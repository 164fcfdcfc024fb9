package dev.muster.cli.spark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.Metadata;
import dev.muster.api.RetrySpec;
import dev.muster.api.Schedule;
import dev.muster.api.ScheduleSpec;
import dev.muster.api.SparkDriverSpec;
import dev.muster.api.SparkExecutorSpec;
import dev.muster.api.SparkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A SparkApplication or ScheduledSparkApplication of the Spark operator (v1beta2) as a job or a schedule of Muster. */
public final class SparkImport {
    public static final String GROUP = "sparkoperator.k8s.io/";
    private static final String APPLICATION = "SparkApplication";
    private static final String SCHEDULED = "ScheduledSparkApplication";
    private static final String NOTHING = "left out: Muster has nothing for it";

    private final Notes notes = new Notes();
    private final @Nullable String team;

    private SparkImport(@Nullable String team) {
        this.team = team;
    }

    /** What became of a manifest; {@code resource} is a job or a schedule, and to be used only where nothing was refused. */
    public record Imported(String title, Object resource, Notes notes) {}

    /** Whether it is one of the operator's. */
    public static boolean isOne(JsonNode manifest) {
        String kind = manifest.path("kind").asText();
        return manifest.path("apiVersion").asText().startsWith(GROUP)
                && (kind.equals(APPLICATION) || kind.equals(SCHEDULED));
    }

    /** {@code team}: whose it becomes; null: a service with one team knows. */
    public static Imported read(JsonNode manifest, @Nullable String team) {
        return new SparkImport(team).imported(manifest);
    }

    private Imported imported(JsonNode manifest) {
        String kind = manifest.path("kind").asText();
        Source metadata = new Source("metadata", manifest.path("metadata"), notes);
        Source spec = new Source("spec", manifest.path("spec"), notes);
        String name = metadata.text("name");
        if (name == null) {
            notes.refused("metadata.name", "expected a name");
            name = "";
        }
        metadata.leaveOut("namespace", "left out: pods run in the namespace of the team");
        Map<String, String> labels = metadata.map("labels");
        Metadata ours = new Metadata(
                name, kind.equals(APPLICATION) ? team : null, null, labels.isEmpty() ? null : labels, null, null, null);
        Object resource = kind.equals(APPLICATION)
                ? new Job(Job.KIND, ours, job(spec), null)
                : new Schedule(Schedule.KIND, ours, schedule(spec, labels), null);
        return new Imported(kind + "/" + name, resource, notes);
    }

    private ScheduleSpec schedule(Source spec, Map<String, String> labels) {
        String cron = spec.text("schedule");
        if (cron == null || cron.startsWith("@every")) {
            notes.refused(
                    "spec.schedule", "'%s': expected a cron line of five fields, such as 0 3 * * *".formatted(cron));
        }
        String zone = spec.text("timeZone");
        if (zone == null || zone.equals("Local")) {
            notes.changed("spec.timeZone", "UTC: the operator's own zone is not known here");
            zone = "UTC";
        }
        String concurrency = spec.text("concurrencyPolicy");
        spec.leaveOut("suspend", "left out: 'muster schedules pause' does that");
        spec.leaveOut("successfulRunHistoryLimit", "left out: jobs stay until they are deleted");
        spec.leaveOut("failedRunHistoryLimit", "left out: jobs stay until they are deleted");
        JobSpec job = job(spec.at("template"));
        spec.rest(NOTHING);
        return new ScheduleSpec(
                team,
                String.valueOf(cron),
                zone,
                concurrency == null ? "ALLOW" : concurrency.toUpperCase(java.util.Locale.ROOT),
                null,
                null,
                null,
                null,
                null,
                new ScheduleSpec.ScheduledJob(
                        labels.isEmpty() ? null : new ScheduleSpec.ScheduledMetadata(labels, null), job));
    }

    private JobSpec job(Source spec) {
        if ("client".equals(spec.text("mode"))) {
            notes.refused(spec.path() + ".mode", "client: the driver runs elsewhere; Muster starts drivers itself");
        }
        spec.refuse("proxyUser", "Muster's pods run as the team's account");
        spec.refuse("sparkConfigMap", "write its settings out in sparkConf");
        spec.refuse("hadoopConfigMap", "write its settings out in hadoopConf");
        Source batch = spec.at("batchSchedulerOptions");
        String queue = batch.text("queue");
        String priority = batch.text("priorityClassName");
        batch.leaveOut("resources", "left out: Muster works out what the pods ask");
        if (queue != null) {
            notes.changed(batch.path() + ".queue", "'%s' must be a queue of Muster".formatted(queue));
        }
        SparkSpec spark = spark(spec);
        RetrySpec retry = retry(spec.at("restartPolicy"));
        spec.leaveOut("batchScheduler", "left out: Muster names the scheduler");
        Integer lives = spec.number("timeToLiveSeconds");
        String ttl = lives == null ? null : lives + "s";
        spec.leaveOut("suspend", "left out: a job waits in its queue until it fits");
        spec.rest(NOTHING);
        return JobSpec.draft()
                .queue(queue)
                .priorityClass(priority)
                .retry(retry)
                .spark(spark)
                .ttlAfterFinished(ttl)
                .spec();
    }

    private @Nullable RetrySpec retry(Source policy) {
        String type = policy.text("type");
        Integer runs = policy.number("onFailureRetries");
        Integer launches = policy.number("onSubmissionFailureRetries");
        Integer pause = policy.number("onFailureRetryInterval");
        policy.leaveOut("onSubmissionFailureRetryInterval", "left out: Muster waits longer each time by itself");
        if ("Always".equals(type)) {
            notes.refused(policy.path() + ".type", "Always: a job of Muster ends; use OnFailure or Never");
        }
        return type == null || type.equals("Never")
                ? null
                : new RetrySpec(
                        runs == null ? 0 : runs,
                        null,
                        launches,
                        null,
                        pause == null || pause == 0 ? null : pause + "s");
    }

    private SparkSpec spark(Source spec) {
        Map<String, String> conf = new TreeMap<>(spec.map("sparkConf"));
        spec.map("hadoopConf").forEach((key, value) -> conf.put("spark.hadoop." + key, value));
        Source deps = spec.at("deps");
        List<String> excluded = deps.texts("excludePackages");
        if (excluded != null) {
            conf.put("spark.jars.excludes", String.join(",", excluded));
        }
        Map<String, Source> volumes = new HashMap<>();
        spec.items("volumes").forEach(volume -> volumes.put(String.valueOf(volume.text("name")), volume));
        Map<String, String> selector = spec.map("nodeSelector");
        Source driver = spec.at("driver");
        Source executor = spec.at("executor");
        PodImport driverPod = new PodImport(driver, notes);
        PodImport executorPod = new PodImport(executor, notes);
        SparkDriverSpec driverSpec = new SparkDriverSpec(
                cores(driver, conf, "spark.driver.cores"),
                driver.text("coreRequest"),
                said(driver, "memory", conf, "spark.driver.memory"),
                said(driver, "memoryOverhead", conf, "spark.driver.memoryOverhead"),
                driverPod.env(),
                driverPod.secretEnv(),
                driverPod.volumes(volumes),
                driverPod.nodeAffinity(selector),
                driverPod.tolerations(),
                driverPod.map("labels"),
                driverPod.map("annotations"),
                null);
        java(driver, conf, "spark.driver.extraJavaOptions");
        driverPod.others();
        driver.leaveOut("podName", "left out: Muster names the pods");
        driver.rest(NOTHING);
        SparkExecutorSpec executorSpec = executor(spec, executor, executorPod, volumes, selector, conf);
        java(executor, conf, "spark.executor.extraJavaOptions");
        executorPod.others();
        executor.rest(NOTHING);
        conf.keySet().removeIf(this::isMusters);
        SparkSpec made = new SparkSpec(
                String.valueOf(spec.text("sparkVersion")),
                spec.text("type"),
                image(spec, driver, executor),
                spec.text("mainClass"),
                String.valueOf(spec.text("mainApplicationFile")),
                spec.texts("arguments"),
                deps.texts("jars"),
                deps.texts("files"),
                deps.texts("pyFiles"),
                deps.texts("archives"),
                deps.texts("packages"),
                deps.texts("repositories"),
                conf.isEmpty() ? null : conf,
                spec.text("memoryOverheadFactor"),
                driverSpec,
                executorSpec);
        deps.rest(NOTHING);
        for (String required : List.of("sparkVersion", "mainApplicationFile")) {
            if (!spec.has(required)) {
                notes.refused(spec.path() + "." + required, "Muster needs it");
            }
        }
        return made;
    }

    private SparkExecutorSpec executor(
            Source spec,
            Source executor,
            PodImport pod,
            Map<String, Source> volumes,
            Map<String, String> selector,
            Map<String, String> conf) {
        Source dynamic = spec.at("dynamicAllocation");
        boolean isDynamic = dynamic.flag("enabled") | "true".equals(conf.remove("spark.dynamicAllocation.enabled"));
        Integer instances = whole(executor.number("instances"), conf.remove("spark.executor.instances"));
        Integer least = whole(dynamic.number("minExecutors"), conf.remove("spark.dynamicAllocation.minExecutors"));
        Integer initial =
                whole(dynamic.number("initialExecutors"), conf.remove("spark.dynamicAllocation.initialExecutors"));
        Integer most = whole(dynamic.number("maxExecutors"), conf.remove("spark.dynamicAllocation.maxExecutors"));
        dynamic.leaveOut("shuffleTrackingEnabled", "left out: shuffle tracking is always on");
        Integer timeout = dynamic.number("shuffleTrackingTimeout");
        if (timeout != null) {
            conf.put("spark.dynamicAllocation.shuffleTracking.timeout", timeout + "ms");
        }
        if (isDynamic && most == null) {
            notes.refused(dynamic.path() + ".maxExecutors", "Muster needs the most executors there may be");
        }
        if (isDynamic && instances != null) {
            initial = initial == null ? instances : Integer.valueOf(Math.max(initial, instances));
            notes.changed(executor.path() + ".instances", "became executor.initial, as the allocation is dynamic");
        }
        return new SparkExecutorSpec(
                isDynamic ? null : instances == null ? Integer.valueOf(1) : instances,
                isDynamic ? least : null,
                isDynamic ? initial : null,
                isDynamic ? most : null,
                cores(executor, conf, "spark.executor.cores"),
                executor.text("coreRequest"),
                said(executor, "memory", conf, "spark.executor.memory"),
                said(executor, "memoryOverhead", conf, "spark.executor.memoryOverhead"),
                conf.remove("spark.memory.offHeap.size"),
                conf.remove("spark.executor.pyspark.memory"),
                pod.env(),
                pod.secretEnv(),
                pod.volumes(volumes),
                pod.nodeAffinity(selector),
                pod.tolerations(),
                pod.map("labels"),
                pod.map("annotations"),
                null);
    }

    private @Nullable String image(Source spec, Source driver, Source executor) {
        String all = spec.text("image");
        String ofDriver = driver.text("image");
        String ofExecutor = executor.text("image");
        List<String> others = new ArrayList<>();
        for (String own : new @Nullable String[] {ofDriver, ofExecutor}) {
            if (own != null && !own.equals(all)) {
                others.add(own);
            }
        }
        if (all == null && ofDriver != null && ofDriver.equals(ofExecutor)) {
            return ofDriver;
        }
        if (!others.isEmpty()) {
            notes.refused(
                    spec.path() + ".image", "driver and executors have images of their own: Muster takes one for both");
        }
        return all;
    }

    private @Nullable Integer cores(Source pod, Map<String, String> conf, String key) {
        return whole(pod.number("cores"), conf.remove(key));
    }

    /** The field, which the operator prefers, or else the setting. */
    private static @Nullable String said(Source pod, String field, Map<String, String> conf, String key) {
        String setting = conf.remove(key);
        String said = pod.text(field);
        return said == null ? setting : said;
    }

    private static @Nullable Integer whole(@Nullable Integer said, @Nullable String setting) {
        return said != null || setting == null || !setting.matches("\\d{1,9}") ? said : Integer.valueOf(setting);
    }

    private static void java(Source pod, Map<String, String> conf, String key) {
        String options = pod.text("javaOptions");
        if (options != null) {
            conf.put(key, options);
        }
    }

    /** What the operator was told of Kubernetes, and Muster decides by itself. */
    private boolean isMusters(String key) {
        boolean its = key.startsWith("spark.kubernetes.authenticate.")
                || key.startsWith("spark.kubernetes.scheduler.")
                || key.equals("spark.kubernetes.namespace")
                || key.equals("spark.memory.offHeap.enabled")
                || key.equals("spark.dynamicAllocation.shuffleTracking.enabled");
        if (its) {
            notes.changed("sparkConf." + key, "left out: Muster sets it");
        }
        return its;
    }
}
