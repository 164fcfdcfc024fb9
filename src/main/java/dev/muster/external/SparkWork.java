package dev.muster.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import dev.muster.spark.SparkDependencies;
import dev.muster.spark.SparkExecutors;
import dev.muster.spark.SparkJob;
import dev.muster.spark.SparkLanguage;
import dev.muster.spark.SparkPod;
import dev.muster.spark.SparkSize;
import dev.muster.spark.SparkVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The roles of a SparkApplication that the operator starts: as many pods, and for each as much memory, as Spark will ask for. What
 * its pods run is the operator's matter.
 */
final class SparkWork {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MEBI = 1L << 20;

    private final JsonNode spec;
    private final Map<String, ExternalWork.Role> placement = new HashMap<>();

    private SparkWork(JsonNode spec, List<ExternalWork.Role> placement) {
        this.spec = spec;
        placement.forEach(role -> this.placement.put(role.name().value(), role));
    }

    /**
     * @throws IllegalArgumentException where the application cannot be understood, naming the field
     */
    static List<Role> roles(String manifest, List<ExternalWork.Role> placement) {
        try {
            return new SparkWork(JSON.readTree(manifest).path("spec"), placement).roles();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a manifest that is no JSON", e);
        }
    }

    /** On which port its driver shows its page, where it says so. */
    static Optional<Integer> pagePort(String manifest) {
        try {
            String said = new SparkWork(JSON.readTree(manifest).path("spec"), List.of()).conf("spark.ui.port");
            return Optional.ofNullable(said)
                    .filter(port -> port.matches("[1-9]\\d{0,4}"))
                    .map(Integer::valueOf)
                    .filter(port -> port <= 65_535);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private List<Role> roles() {
        JsonNode factor = spec.path("memoryOverheadFactor");
        String version = spec.path("sparkVersion").asText();
        said("sparkVersion", version, SparkVersion::parse);
        SparkJob job = new SparkJob(
                version,
                said("type", spec.path("type").asText(), SparkLanguage::parse),
                null,
                null,
                "",
                List.of(),
                SparkDependencies.NONE,
                Map.of(),
                factor.isMissingNode() || factor.isNull()
                        ? null
                        : said("memoryOverheadFactor", factor.asText(), Double::valueOf),
                pod("driver"),
                pod("executor"),
                executors());
        SparkExecutors count = job.executors();
        // What Spark lets go when it idles is not of the gang: it comes as places grow, and its room is for others
        // afterwards.
        int gang = count.dynamic() ? count.least() : count.initial();
        return List.of(
                new Role(
                        SparkRoles.DRIVER,
                        1,
                        1,
                        true,
                        template("driver", job.driver(), job.driverMemory().total(), PodTemplate.OPERATOR)),
                new Role(
                        SparkRoles.EXECUTOR,
                        Math.max(1, gang),
                        count.most(),
                        false,
                        template(
                                "executor",
                                job.executor(),
                                job.executorMemory().total(),
                                gang == 0 ? PodTemplate.LEADER_AT_WILL : PodTemplate.LEADER)));
    }

    private PodTemplate template(String role, SparkPod pod, long mebibytes, String maker) {
        Map<String, String> annotations = new HashMap<>(pod.pod().annotations());
        annotations.put(PodTemplate.MADE_BY, maker);
        Resources asked = Resources.of(Map.of(Resources.CPU, pod.milliCores(), Resources.MEMORY, mebibytes * MEBI));
        return pod.pod().with(List.of(), List.of(), asked).with(annotations);
    }

    private SparkPod pod(String role) {
        JsonNode pod = spec.path(role);
        String coreRequest = text(pod, "coreRequest", "spark.kubernetes." + role + ".request.cores");
        String memory = text(pod, "memory", "spark." + role + ".memory");
        return new SparkPod(
                number(role + ".cores", text(pod, "cores", "spark." + role + ".cores"), 1),
                coreRequest == null ? null : said(role + ".coreRequest", coreRequest, SparkWork::milli),
                memory == null ? 1024 : said(role + ".memory", memory, SparkSize::mebibytes),
                size(role + ".memoryOverhead", text(pod, "memoryOverhead", "spark." + role + ".memoryOverhead")),
                role.equals("executor") ? size("sparkConf", conf("spark.memory.offHeap.size")) : null,
                role.equals("executor") ? size("sparkConf", conf("spark.executor.pyspark.memory")) : null,
                Objects.requireNonNull(placement.get(role), role).template());
    }

    private SparkExecutors executors() {
        JsonNode dynamic = spec.path("dynamicAllocation");
        boolean isDynamic =
                dynamic.path("enabled").asBoolean() || "true".equals(conf("spark.dynamicAllocation.enabled"));
        int instances = number(
                "executor.instances",
                text(spec.path("executor"), "instances", "spark.executor.instances"),
                isDynamic ? 0 : 1);
        if (!isDynamic) {
            return SparkExecutors.fixed(Math.max(1, instances));
        }
        int least = number(
                "dynamicAllocation.minExecutors",
                text(dynamic, "minExecutors", "spark.dynamicAllocation.minExecutors"),
                0);
        int asked = number(
                "dynamicAllocation.initialExecutors",
                text(dynamic, "initialExecutors", "spark.dynamicAllocation.initialExecutors"),
                least);
        int initial = Math.max(Math.max(1, least), Math.max(asked, instances));
        int most = number(
                "dynamicAllocation.maxExecutors",
                text(dynamic, "maxExecutors", "spark.dynamicAllocation.maxExecutors"),
                initial);
        return new SparkExecutors(true, least, initial, Math.max(initial, most));
    }

    /** The field, which the operator prefers, or else the setting of Spark. */
    private @Nullable String text(JsonNode parent, String field, String key) {
        JsonNode value = parent.path(field);
        return value.isMissingNode() || value.isNull() ? conf(key) : value.asText();
    }

    private @Nullable String conf(String key) {
        JsonNode value = spec.path("sparkConf").path(key);
        return value.isTextual() ? value.asText() : null;
    }

    private static @Nullable Long size(String field, @Nullable String text) {
        return text == null ? null : said(field, text, SparkSize::mebibytes);
    }

    private static int number(String field, @Nullable String text, int usual) {
        return text == null ? usual : said(field, text, Integer::valueOf);
    }

    private static Long milli(String text) {
        return Quantity.parse(Resources.CPU, text);
    }

    private static <T> T said(String field, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("spec.%s '%s': %s".formatted(field, text, e.getMessage()), e);
        }
    }
}
