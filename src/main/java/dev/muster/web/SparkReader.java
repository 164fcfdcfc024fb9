package dev.muster.web;

import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.RoleSpec;
import dev.muster.api.SecretEnv;
import dev.muster.api.SparkDriverSpec;
import dev.muster.api.SparkExecutorSpec;
import dev.muster.api.SparkSpec;
import dev.muster.api.TolerationSpec;
import dev.muster.api.VolumeSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import dev.muster.spark.SparkConf;
import dev.muster.spark.SparkDependencies;
import dev.muster.spark.SparkExecutors;
import dev.muster.spark.SparkJob;
import dev.muster.spark.SparkLanguage;
import dev.muster.spark.SparkPod;
import dev.muster.spark.SparkSize;
import dev.muster.spark.SparkVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Spark application of the wire; whatever is wrong with it, or said twice, becomes a fault of its field. */
final class SparkReader {
    /** Spark's own: one core, 1g, two executors. */
    private static final int CORES = 1;

    private static final long MEMORY = 1024;
    private static final int INSTANCES = 2;
    private static final int MOST_CORES = 1_024;
    private static final Pattern CLASS =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final Pattern FACTOR = Pattern.compile("\\d{1,2}(\\.\\d{1,6})?");
    private static final Pattern KEY = Pattern.compile("spark\\.[-A-Za-z0-9_./]{1,250}");
    private static final Pattern PACKAGE = Pattern.compile("[-A-Za-z0-9_.]+:[-A-Za-z0-9_.]+:[-A-Za-z0-9_.]+");
    private static final Pattern LOCATION = Pattern.compile("[^\\s,]{1,2048}");

    private final Faults faults;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;

    /** {@code labels} and {@code annotations} are the job's: every pod gets them. */
    SparkReader(Faults faults, Map<String, String> labels, Map<String, String> annotations) {
        this.faults = faults;
        this.labels = labels;
        this.annotations = annotations;
    }

    /** Null where there was a fault. */
    @Nullable
    SparkJob read(Place place, SparkSpec sent) {
        int before = faults.count();
        if (sent.version() == null) {
            place.at("version").required("the version of Spark in the image, such as 3.5.6");
        }
        SparkVersion version = place.at("version").read(sent.version(), SparkVersion::parse);
        SparkLanguage language =
                sent.type() == null ? SparkLanguage.SCALA : place.at("type").read(sent.type(), SparkLanguage::parse);
        main(place, sent, language);
        Double factor = factor(place.at("memoryOverheadFactor"), sent.memoryOverheadFactor());
        SparkDriverSpec driverSpec = Objects.requireNonNullElse(sent.driver(), NO_DRIVER);
        SparkExecutorSpec executorSpec = Objects.requireNonNullElse(sent.executor(), NO_EXECUTOR);
        SparkPod driver = driver(place.at("driver"), driverSpec, sent.image());
        SparkPod executor = executor(place.at("executor"), executorSpec);
        if (executorSpec.pysparkMemory() != null && language != null && language != SparkLanguage.PYTHON) {
            place.at("executor")
                    .at("pysparkMemory")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "the application is of type %s: only Python has PySpark's memory"
                                    .formatted(language.word()),
                            "Leave it out, or set type: Python");
        }
        SparkExecutors executors = executors(place.at("executor"), executorSpec);
        conf(place.at("conf"), sent.conf());
        if (version != null && executors != null && sent.conf() != null) {
            SparkConf.wrongBatch(sent.conf(), executors, version).ifPresent(wrong -> place.at("conf")
                    .at(SparkConf.batchKey())
                    .fault(Fault.Kind.BAD_VALUE, wrong, "Leave it out"));
        }
        if (version != null && sent.conf() != null) {
            sent.conf().keySet().forEach(key -> SparkConf.unknown(key, version).ifPresent(why -> place.at("conf")
                    .at(key)
                    .fault(Fault.Kind.CONTRADICTION, why, "Leave it out, or use an image with a newer Spark")));
        }
        SparkDependencies brought = dependencies(place, sent);
        List<String> arguments = place.at("arguments").bounded(sent.arguments(), Limits.ARGUMENTS);
        for (int i = 0; i < arguments.size(); i++) {
            place.at("arguments").at(i).tooLong(arguments.get(i), Limits.ARGUMENT_CHARACTERS);
        }
        if (faults.count() > before || language == null || driver == null || executor == null || executors == null) {
            return null;
        }
        return new SparkJob(
                sent.version(),
                language,
                sent.image(),
                sent.mainClass(),
                sent.mainApplicationFile(),
                arguments,
                brought,
                Objects.requireNonNullElse(sent.conf(), Map.of()),
                factor,
                driver,
                executor,
                executors);
    }

    private static final SparkDriverSpec NO_DRIVER =
            new SparkDriverSpec(null, null, null, null, null, null, null, null, null, null, null, null);
    private static final SparkExecutorSpec NO_EXECUTOR = new SparkExecutorSpec(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Roles that are sent beside are those that were shown: others would not run. */
    static List<Role> roles(Place place, @Nullable List<RoleSpec> sent, @Nullable SparkJob spark) {
        if (spark == null) {
            return List.of();
        }
        List<Role> roles = SparkRoles.of(spark);
        int pods = roles.stream().mapToInt(Role::maximum).sum();
        if (pods > Limits.PODS_OF_A_JOB) {
            place.fault(
                    Fault.Kind.TOO_MANY,
                    "%d pods in all: expected at most %d in one job".formatted(pods, Limits.PODS_OF_A_JOB));
        }
        if (sent == null) {
            return roles;
        }
        boolean same = sent.size() == roles.size();
        for (int i = 0; same && i < roles.size(); i++) {
            RoleSpec shown = PodView.role(roles.get(i), Map.of(), Map.of());
            same = shown.name().equals(sent.get(i).name())
                    && Objects.equals(shown.count(), sent.get(i).count())
                    && Objects.equals(shown.min(), sent.get(i).min())
                    && Objects.equals(shown.max(), sent.get(i).max())
                    && shown.resources().equals(sent.get(i).resources());
        }
        if (!same) {
            place.fault(
                    Fault.Kind.CONTRADICTION,
                    "spark makes the roles of the job, driver and executor, and these are others",
                    "Leave roles out");
        }
        return roles;
    }

    private static void main(Place place, SparkSpec sent, @Nullable SparkLanguage language) {
        Place file = place.at("mainApplicationFile");
        if (sent.mainApplicationFile() == null) {
            file.required(
                    "the jar, or the Python or R file, such as local:///opt/spark/examples/src/main/python/pi.py");
        } else if (!LOCATION.matcher(sent.mainApplicationFile()).matches()
                || sent.mainApplicationFile().startsWith("-")) {
            file.bad(sent.mainApplicationFile(), "a path or URL of at most 2048 characters without blanks and commas");
        }
        if (sent.mainClass() != null
                && (sent.mainClass().length() > 512
                        || !CLASS.matcher(sent.mainClass()).matches())) {
            place.at("mainClass").bad(sent.mainClass(), "the whole name of a class, such as com.acme.Job");
        }
        if (language != null && !language.isOfTheJvm() && sent.mainClass() != null) {
            place.at("mainClass")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "an application of type %s has no main class".formatted(language.word()),
                            "Leave it out, or set type: Java or Scala");
        }
    }

    private static @Nullable Double factor(Place place, @Nullable String sent) {
        if (sent == null) {
            return null;
        }
        if (!FACTOR.matcher(sent).matches()) {
            place.bad(sent, "a part of the memory, such as 0.1");
            return null;
        }
        return Double.valueOf(sent);
    }

    private @Nullable SparkPod driver(Place place, SparkDriverSpec sent, @Nullable String image) {
        int before = faults.count();
        PodTemplate pod = pod(
                place,
                image,
                sent.env(),
                sent.secretEnv(),
                sent.volumes(),
                sent.nodeAffinity(),
                sent.tolerations(),
                sent.labels(),
                sent.annotations(),
                sent.spot());
        SparkPod driver =
                sized(place, pod, sent.cores(), sent.coreRequest(), sent.memory(), sent.memoryOverhead(), null, null);
        return faults.count() > before ? null : driver;
    }

    private @Nullable SparkPod executor(Place place, SparkExecutorSpec sent) {
        int before = faults.count();
        PodTemplate pod = pod(
                place,
                null,
                sent.env(),
                sent.secretEnv(),
                sent.volumes(),
                sent.nodeAffinity(),
                sent.tolerations(),
                sent.labels(),
                sent.annotations(),
                sent.spot());
        SparkPod executor = sized(
                place,
                pod,
                sent.cores(),
                sent.coreRequest(),
                sent.memory(),
                sent.memoryOverhead(),
                size(place.at("offHeapMemory"), sent.offHeapMemory()),
                size(place.at("pysparkMemory"), sent.pysparkMemory()));
        return faults.count() > before ? null : executor;
    }

    private static SparkPod sized(
            Place place,
            PodTemplate pod,
            @Nullable Integer cores,
            @Nullable String coreRequest,
            @Nullable String memory,
            @Nullable String memoryOverhead,
            @Nullable Long offHeap,
            @Nullable Long pyspark) {
        return new SparkPod(
                cores(place.at("cores"), cores),
                request(place.at("coreRequest"), coreRequest),
                Objects.requireNonNullElse(size(place.at("memory"), memory), MEMORY),
                size(place.at("memoryOverhead"), memoryOverhead),
                offHeap,
                pyspark,
                pod);
    }

    /** What it shares with the pods of any role, read by their rules; resources are Spark's own affair. */
    private PodTemplate pod(
            Place place,
            @Nullable String image,
            @Nullable Map<String, String> env,
            @Nullable List<SecretEnv> secretEnv,
            @Nullable List<VolumeSpec> volumes,
            @Nullable NodeAffinitySpec nodeAffinity,
            @Nullable List<TolerationSpec> tolerations,
            @Nullable Map<String, String> ownLabels,
            @Nullable Map<String, String> ownAnnotations,
            @Nullable String spot) {
        PodTemplate read = PodReader.pod(
                place,
                new RoleSpec(
                        "spark",
                        null,
                        null,
                        null,
                        null,
                        image,
                        null,
                        null,
                        env,
                        secretEnv,
                        volumes,
                        null,
                        Map.of("cpu", "1"),
                        nodeAffinity,
                        tolerations,
                        ownLabels,
                        ownAnnotations,
                        spot),
                labels,
                annotations);
        return new PodTemplate(
                null,
                List.of(),
                List.of(),
                read.env(),
                read.secretEnv(),
                read.volumes(),
                null,
                Resources.of(Map.of()),
                read.affinity(),
                read.tolerations(),
                read.labels(),
                read.annotations());
    }

    private static int cores(Place place, @Nullable Integer sent) {
        int cores = Objects.requireNonNullElse(sent, CORES);
        return place.between(cores, 1, MOST_CORES) ? cores : CORES;
    }

    private static @Nullable Long request(Place place, @Nullable String sent) {
        Long milli = place.read(sent, text -> Quantity.parseWhole(Resources.CPU, text));
        if (milli != null && (milli < 1 || milli > MOST_CORES * 1000L)) {
            place.bad(Objects.requireNonNull(sent), "1m to %d cores".formatted(MOST_CORES));
            return null;
        }
        return milli;
    }

    private static @Nullable Long size(Place place, @Nullable String sent) {
        return place.read(sent, SparkSize::mebibytes);
    }

    /** A number of instances, or bounds for dynamic allocation. */
    private @Nullable SparkExecutors executors(Place place, SparkExecutorSpec sent) {
        boolean dynamic = sent.min() != null || sent.max() != null || sent.initial() != null;
        if (!dynamic) {
            int instances = Objects.requireNonNullElse(sent.instances(), INSTANCES);
            return place.at("instances").between(instances, 1, Role.MOST_PODS) ? SparkExecutors.fixed(instances) : null;
        }
        if (sent.instances() != null) {
            place.at("instances")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "expected instances, or min, initial and max for dynamic allocation, not both",
                            "Leave one of them out");
            return null;
        }
        if (sent.max() == null) {
            place.at("max").required("the most executors: without one dynamic allocation has no end");
            return null;
        }
        int least = Objects.requireNonNullElse(sent.min(), 0);
        int initial = Objects.requireNonNullElse(sent.initial(), Math.max(1, least));
        if (!place.at("max").between(sent.max(), 1, Role.MOST_PODS)
                || !place.at("min").between(least, 0, sent.max())
                || !place.at("initial").between(initial, Math.max(1, least), sent.max())) {
            return null;
        }
        return new SparkExecutors(true, least, initial, sent.max());
    }

    private static void conf(Place place, @Nullable Map<String, String> sent) {
        place.bounded(sent, Limits.VARIABLES).forEach((key, value) -> {
            Place at = place.at(key);
            if (!KEY.matcher(key).matches()) {
                at.bad(key, "a key of Spark's configuration, such as spark.sql.shuffle.partitions");
                return;
            }
            at.tooLong(value, Limits.VARIABLE_CHARACTERS);
            SparkConf.saidBy(key)
                    .ifPresent(field -> at.fault(
                            Fault.Kind.CONTRADICTION,
                            "%s is worked out by Muster, so that what Spark does is what was planned"
                                    .formatted(MusterException.shown(key)),
                            field.isEmpty()
                                    ? "Leave it out"
                                    : "Leave it out, and say it in " + field.replace('/', '.')));
        });
    }

    private static SparkDependencies dependencies(Place place, SparkSpec sent) {
        return new SparkDependencies(
                locations(place.at("jars"), sent.jars(), LOCATION, "a path or URL without blanks and commas"),
                locations(place.at("files"), sent.files(), LOCATION, "a path or URL without blanks and commas"),
                locations(place.at("pyFiles"), sent.pyFiles(), LOCATION, "a path or URL without blanks and commas"),
                locations(place.at("archives"), sent.archives(), LOCATION, "a path or URL without blanks and commas"),
                locations(
                        place.at("packages"), sent.packages(), PACKAGE, "Maven's coordinates, group:artifact:version"),
                locations(place.at("repositories"), sent.repositories(), LOCATION, "a URL without blanks and commas"));
    }

    private static List<String> locations(Place place, @Nullable List<String> sent, Pattern form, String expected) {
        List<String> list = place.bounded(sent, Limits.ARGUMENTS);
        for (int i = 0; i < list.size(); i++) {
            if (!form.matcher(list.get(i)).matches()) {
                place.at(i).bad(list.get(i), expected);
            }
        }
        return list;
    }
}
