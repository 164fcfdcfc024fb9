package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Spark application: a driver and its executors, which become the roles {@code driver} and {@code executor} of the job. Sizes are
 * written as Spark does ("512m", "2g"). Defaults are Spark's: type Scala, one core and "1g" each, two executors.
 */
public record SparkSpec(
        String version,
        @Nullable String type,
        @Nullable String image,
        @Nullable String mainClass,
        String mainApplicationFile,
        @Nullable List<String> arguments,
        @Nullable List<String> jars,
        @Nullable List<String> files,
        @Nullable List<String> pyFiles,
        @Nullable List<String> archives,
        @Nullable List<String> packages,
        @Nullable List<String> repositories,
        @Nullable Map<String, String> conf,
        @Nullable String memoryOverheadFactor,
        @Nullable SparkDriverSpec driver,
        @Nullable SparkExecutorSpec executor) {}
