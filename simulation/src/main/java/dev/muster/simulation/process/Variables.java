package dev.muster.simulation.process;

import dev.muster.cluster.PodRef;
import dev.muster.cluster.ResultFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The environment of a pod's process. Nothing of this program's own environment is in it but {@link #INHERITED}. */
final class Variables {
    /** Names the pod to those who look for its processes. */
    static final String POD = "MUSTER_POD";
    /** Names the cluster, so that no other's processes are touched. */
    static final String CLUSTER = "MUSTER_CLUSTER";

    /** Tells a process where it may serve pages. */
    static final String PAGE_PORT = "MUSTER_PAGE_PORT";

    private static final List<String> INHERITED = List.of("PATH", "LANG", "LC_ALL", "TZ", "USER", "LOGNAME");

    private final String cluster;

    Variables(String cluster) {
        this.cluster = cluster;
    }

    /** @throws IllegalArgumentException where a variable has no name */
    Map<String, String> of(PodCommand command, PodDirectory directory, int pagePort) {
        if (command.variables().containsKey("")) {
            throw new IllegalArgumentException("a variable has no name");
        }
        Map<String, String> all = new TreeMap<>();
        all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        all.put("HOME", directory.work().toString());
        all.put("TMPDIR", directory.temporary().toString());
        all.putAll(command.variables());
        all.put(ResultFile.VARIABLE, directory.resultFile().toString());
        all.put(PAGE_PORT, Integer.toString(pagePort));
        all.putAll(mark(command.pod()));
        return all;
    }

    /** What only the processes of this pod carry. */
    Map<String, String> mark(PodRef pod) {
        return mark(pod.toString());
    }

    Map<String, String> mark(String pod) {
        return Map.of(CLUSTER, cluster, POD, pod);
    }

    /** What only the processes of this cluster carry. */
    Map<String, String> mark() {
        return Map.of(CLUSTER, cluster);
    }

    /** The program that {@code name} means to a process with these variables in that directory. */
    static Optional<Path> program(String name, Map<String, String> variables, PodDirectory directory) {
        Path work = directory.work();
        Stream<Path> places = name.contains("/")
                ? Stream.of(work.resolve(name))
                : Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(place -> work.resolve(place).resolve(name));
        return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
