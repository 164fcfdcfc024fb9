package dev.muster.spark;

import java.util.List;

/** What an application brings along. {@code packages}: Maven's coordinates, fetched when it starts. */
public record SparkDependencies(
        List<String> jars,
        List<String> files,
        List<String> pyFiles,
        List<String> archives,
        List<String> packages,
        List<String> repositories) {
    public static final SparkDependencies NONE =
            new SparkDependencies(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public SparkDependencies {
        jars = List.copyOf(jars);
        files = List.copyOf(files);
        pyFiles = List.copyOf(pyFiles);
        archives = List.copyOf(archives);
        packages = List.copyOf(packages);
        repositories = List.copyOf(repositories);
    }
}
