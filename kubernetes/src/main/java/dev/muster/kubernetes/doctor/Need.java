package dev.muster.kubernetes.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A right that Muster's code uses, from {@code needs.txt}: the one list that the chart's roles are checked against and that the
 * doctor asks for. {@code place} is where: in the whole cluster, in Muster's own namespace, or in Volcano's.
 */
public record Need(Place place, String group, String resource, String verb, String why) {
    /** Where a right is needed. */
    public enum Place {
        CLUSTER,
        OWN,
        VOLCANO
    }

    /** All of them, one for each verb. */
    public static List<Need> all() {
        return text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(Need::read)
                .toList();
    }

    private static Stream<Need> read(String line) {
        String[] words = line.split("\\s+", 5);
        return Stream.of(words[3].split(","))
                .map(verb -> new Need(
                        Place.valueOf(words[0]), words[1].equals("core") ? "" : words[1], words[2], verb, words[4]));
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Need.class.getResourceAsStream("needs.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%s %s%s%s"
                .formatted(
                        verb,
                        resource,
                        group.isEmpty() ? "" : "." + group,
                        place == Place.CLUSTER ? "" : " (" + place + ")");
    }
}
