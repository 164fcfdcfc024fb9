package dev.muster.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A Spark application as it was asked for. What its pods are is worked out from it alone. */
public record SparkJob(
        String version,
        SparkLanguage language,
        @Nullable String image,
        @Nullable String mainClass,
        String mainApplicationFile,
        List<String> arguments,
        SparkDependencies dependencies,
        Map<String, String> conf,
        @Nullable Double memoryOverheadFactor,
        SparkPod driver,
        SparkPod executor,
        SparkExecutors executors) {
    /** How a file begins that the job itself brings along: {@code artifact:app.jar}. */
    public static final String ARTIFACT = "artifact:";

    public SparkJob {
        arguments = List.copyOf(arguments);
        conf = Map.copyOf(conf);
    }

    public SparkVersion release() {
        return SparkVersion.parse(version);
    }

    public SparkMemory driverMemory() {
        return SparkMemory.ofDriver(driver, language, memoryOverheadFactor);
    }

    public SparkMemory executorMemory() {
        return SparkMemory.ofExecutor(executor, language, memoryOverheadFactor, release());
    }

    /** The same with so much of its memory, in percent. */
    public SparkJob withMemory(int ofDriver, int ofExecutor) {
        return new SparkJob(
                version,
                language,
                image,
                mainClass,
                mainApplicationFile,
                arguments,
                dependencies,
                conf,
                memoryOverheadFactor,
                driver.withMemory(ofDriver),
                executor.withMemory(ofExecutor),
                executors);
    }

    /** The same with these settings. */
    public SparkJob withConf(Map<String, String> settings) {
        return new SparkJob(
                version,
                language,
                image,
                mainClass,
                mainApplicationFile,
                arguments,
                dependencies,
                settings,
                memoryOverheadFactor,
                driver,
                executor,
                executors);
    }

    /** With placeholders filled in; {@code fill} is given where a text stands, as a JSON pointer from the job, and the text. */
    public SparkJob filled(BiFunction<String, String, String> fill) {
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            filled.add(fill.apply("/spec/spark/arguments/" + i, arguments.get(i)));
        }
        Map<String, String> settings = new HashMap<>();
        conf.forEach((key, value) -> settings.put(key, fill.apply("/spec/spark/conf/" + key, value)));
        return new SparkJob(
                version,
                language,
                image,
                mainClass,
                mainApplicationFile,
                filled,
                dependencies,
                settings,
                memoryOverheadFactor,
                driver,
                executor,
                executors);
    }
}
