package dev.muster.controlplane.volcano;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a real Volcano started: a line for each scenario, with the sum over what it is, so that an answer is never taken for that to
 * another question: {@code a042 5f0c11aa g0 g3}.
 */
record Recorded(Map<String, Set<String>> started) {
    Recorded {
        started = new TreeMap<>(started);
    }

    /** What stands in the resource of that name beside this class. */
    static Recorded read(String resource) {
        try (InputStream text = Objects.requireNonNull(Recorded.class.getResourceAsStream(resource), resource)) {
            Map<String, Set<String>> started = new TreeMap<>();
            new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> Arrays.asList(line.split(" ")))
                    .forEach(words -> started.put(words.get(0), gangs(words)));
            return new Recorded(started);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + resource, e);
        }
    }

    private static Set<String> gangs(List<String> words) {
        String name = words.get(0);
        String asked = sum(RandomScenarios.named(name));
        if (!words.get(1).equals(asked)) {
            throw new IllegalArgumentException(
                    "Scenario %s is another one than the recorded: its sum is %s, that of the record %s. Ask a real Volcano again, as docs/fidelity.md says"
                            .formatted(name, asked, words.get(1)));
        }
        return words.stream().skip(2).map(gang -> name + "-" + gang).collect(Collectors.toCollection(TreeSet::new));
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        started.forEach((name, gangs) -> lines.add((name + " " + sum(RandomScenarios.named(name)) + " "
                        + gangs.stream()
                                .map(gang -> gang.substring(name.length() + 1))
                                .collect(Collectors.joining(" ")))
                .strip()));
        Files.write(file, lines);
    }

    List<Scenario> scenarios() {
        return started.keySet().stream().map(RandomScenarios::named).toList();
    }

    private static String sum(Scenario scenario) {
        CRC32 sum = new CRC32();
        sum.update(scenario.toString().getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }
}
