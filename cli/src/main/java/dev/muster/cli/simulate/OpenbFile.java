package dev.muster.cli.simulate;

import dev.muster.cli.BadInput;
import dev.muster.simulation.fill.FillNode;
import dev.muster.simulation.fill.FillPod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** The lists of nodes and of pods of Alibaba's openb recordings: CSV with a header, other columns than those needed are not read. */
public final class OpenbFile {
    private static final int MOST_LINES = 2_000_000;

    private final Path file;
    private List<String> columns = List.of();
    private String[] fields = {};
    private int line;

    private OpenbFile(Path file) {
        this.file = file;
    }

    /** @throws BadInput where it is wrong: with line, and what was expected */
    public static List<FillNode> nodes(Path file) {
        OpenbFile open = new OpenbFile(file);
        return open.read(
                List.of("sn", "cpu_milli", "memory_mib", "gpu", "model"),
                row -> new FillNode(
                        open.text("sn"),
                        open.number("cpu_milli", 100_000_000),
                        open.number("memory_mib", 1L << 40),
                        (int) open.number("gpu", 1_000),
                        open.text("model")));
    }

    /** @throws BadInput where it is wrong: with line, and what was expected */
    public static List<FillPod> pods(Path file) {
        OpenbFile open = new OpenbFile(file);
        return open.read(
                List.of("cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec"),
                row -> new FillPod(
                        open.number("cpu_milli", 100_000_000),
                        open.number("memory_mib", 1L << 40),
                        (int) open.number("num_gpu", 1_000),
                        (int) open.number("gpu_milli", FillPod.WHOLE),
                        open.text("gpu_spec").isEmpty()
                                ? Set.of()
                                : Set.of(open.text("gpu_spec").split("\\|"))));
    }

    private <T> List<T> read(List<String> needed, Function<String, T> row) {
        List<T> all = new ArrayList<>();
        try (var plain = Files.newInputStream(file);
                var in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain, 1 << 16) : plain;
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            header(reader.readLine(), needed);
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    all.add(row(text, row));
                }
                if (line > MOST_LINES) {
                    throw new BadInput("%s: more than %,d lines".formatted(file, MOST_LINES));
                }
            }
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
        if (all.isEmpty()) {
            throw new BadInput(file + " has a header and nothing else");
        }
        return all;
    }

    private void header(@org.jspecify.annotations.Nullable String text, List<String> needed) {
        line = 1;
        columns = text == null
                ? List.of()
                : Arrays.stream(text.replace("\ufeff", "").split(",", -1))
                        .map(String::strip)
                        .toList();
        for (String name : needed) {
            if (!columns.contains(name)) {
                throw new BadInput(
                        "%s:1: there is no column '%s'".formatted(file, name),
                        "Expected a first line with " + String.join(",", needed));
            }
        }
    }

    private <T> T row(String text, Function<String, T> row) {
        fields = text.split(",", -1);
        if (fields.length != columns.size()) {
            throw new BadInput(
                    "%s:%d: %d fields, the header has %d".formatted(file, line, fields.length, columns.size()));
        }
        try {
            return row.apply(text);
        } catch (IllegalArgumentException e) {
            throw new BadInput("%s:%d: %s".formatted(file, line, e.getMessage()));
        }
    }

    private String text(String column) {
        return fields[columns.indexOf(column)].strip();
    }

    private long number(String column, long most) {
        String text = text(column);
        if (text.matches("\\d{1,15}(\\.0{1,6})?")) {
            long value = Long.parseLong(text.replaceAll("\\..*", ""));
            if (value <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "bad %s '%s': expected a whole number, 0 to %d".formatted(column, text, most));
    }
}
