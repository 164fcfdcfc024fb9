package dev.muster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What happened in the service, for {@code muster simulate}. */
@Command(
        name = "record",
        description = {
            "Writes what happened in the service as lines of JSON: the cluster, its queues and policy, how many nodes there were, which",
            "jobs came and how long they ran. 'muster simulate --workload' lets it happen again under other policies."
        },
        footer = {
            "  muster record > week.ndjson",
            "  muster record --from 2026-01-05T00:00:00Z --to 2026-01-12T00:00:00Z --out week.ndjson",
            "  muster simulate --workload week.ndjson --policy recorded --policy mine.yaml"
        })
final class RecordCommand extends Verb {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Such as 2026-01-05T09:00:00Z; else seven days before --to.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Else now.")
    private @Nullable String to;

    @Option(names = "--out", paramLabel = "FILE", description = "Where it is written; else to standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        try (InputStream lines = client().recording(from, to)) {
            if (out == null) {
                lines.transferTo(screen().out());
            } else {
                write(lines, out);
            }
        } catch (IOException e) {
            throw new BadInput("The recording stopped: %s".formatted(e.getMessage()), "What was written is not whole.");
        }
        return ExitCode.OK;
    }

    private static void write(InputStream lines, Path file) throws IOException {
        try (OutputStream into = Files.newOutputStream(file)) {
            lines.transferTo(into);
        }
    }
}
