package dev.muster.cli.simulate;

import dev.muster.cli.BadInput;
import dev.muster.cli.scenario.Part;
import dev.muster.cli.scenario.TextFile;
import dev.muster.cli.scenario.Times;
import dev.muster.simulation.market.Latency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Values of simulation files: what a part says, or the usual value where it says nothing. */
final class Words {
    private final Map<String, Part> fields;

    Words(Map<String, Part> fields) {
        this.fields = fields;
    }

    /** The one document of a file, which must be of this kind. */
    static Words read(Path file, String kind, List<String> known) {
        Part root = root(file);
        Map<String, Part> fields = root.fields(plus("kind", known), name -> false);
        if (!fields.containsKey("kind")) {
            throw root.wrong("the file has no 'kind'", "Expected 'kind: %s'".formatted(kind));
        }
        fields.get("kind").word(List.of(kind));
        return new Words(fields);
    }

    static Part root(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Part.read(file.toString(), TextFile.read(file.toString(), in));
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static List<String> plus(String first, List<String> others) {
        List<String> all = new java.util.ArrayList<>(others);
        all.add(0, first);
        return all;
    }

    Map<String, Part> fields() {
        return fields;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    Part part(String field) {
        Part part = fields.get(field);
        if (part == null) {
            throw new IllegalStateException("Asked for '%s', which is not there".formatted(field));
        }
        return part;
    }

    long length(String field, long usual) {
        return has(field) ? length(part(field)) : usual;
    }

    static long length(Part part) {
        return Times.length(part).toMillis();
    }

    int whole(String field, int least, int most, int usual) {
        return has(field) ? part(field).whole(least, most) : usual;
    }

    boolean flag(String field, boolean usual) {
        return has(field) ? part(field).flag() : usual;
    }

    double number(String field, double least, double most, double usual) {
        return has(field) ? number(part(field), least, most) : usual;
    }

    static double number(Part part, double least, double most) {
        return part.as(text -> {
            if (text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
                double value = Double.parseDouble(text);
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new IllegalArgumentException(
                    "bad number '%s': expected %s to %s".formatted(text, plain(least), plain(most)));
        });
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** One length, or {@code {p50: 2m, p99: 6m}}. */
    Latency latency(String field, Latency usual) {
        if (!has(field)) {
            return usual;
        }
        Part part = part(field);
        if (!part.isMapping()) {
            return Latency.always(length(part));
        }
        Map<String, Part> own = part.fields("p50", "p99");
        if (!own.containsKey("p50") || !own.containsKey("p99")) {
            throw part.wrong("%s needs p50 and p99".formatted(part.path()), "Expected such as {p50: 2m, p99: 6m}.");
        }
        long median = length(own.get("p50"));
        long high = length(own.get("p99"));
        if (high < median) {
            throw own.get("p99").wrong("bad %s: p99 is below p50".formatted(part.path()));
        }
        return new Latency(median, high);
    }
}
