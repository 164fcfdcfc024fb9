package dev.muster.cli.trace;

import dev.muster.cli.BadInput;
import dev.muster.cli.trace.Field.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The deep-learning traces that come with Muri: CSV with a header; {@code submit_time} and {@code duration} in microseconds, one pod per GPU. Other columns are not needed. */
public final class MuriReader implements TraceReader {
    private static final long PER_SECOND = 1_000_000;

    @Override
    public void read(InputStream in, Sink sink) throws IOException {
        Records records = new Records(in);
        Optional<String> header = records.next();
        if (header.isEmpty()) {
            return;
        }
        Columns columns = Columns.of(header.get());
        for (Optional<String> line = records.next(); line.isPresent(); line = records.next()) {
            if (line.get().isBlank()) {
                continue;
            }
            try {
                sink.job(job(line.get(), columns, records));
            } catch (Unusable e) {
                sink.defect(e.defect(records.number()));
            }
        }
    }

    private record Columns(int count, int id, int gpus, int submit, int duration) {
        static Columns of(String header) {
            List<String> names = Arrays.stream(header.replace("\ufeff", "").split(",", -1))
                    .map(String::strip)
                    .toList();
            return new Columns(
                    names.size(),
                    at(names, "job_id"),
                    at(names, "num_gpu"),
                    at(names, "submit_time"),
                    at(names, "duration"));
        }

        private static int at(List<String> names, String name) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw new BadInput(
                        "Line 1 is no header of a muri trace: there is no column '%s' in '%s'"
                                .formatted(name, Field.shown(String.join(",", names))),
                        "Expected a first line such as job_id,num_gpu,submit_time,…,duration,…; is --format right?");
            }
            return index;
        }
    }

    private static TraceJob job(String text, Columns columns, Records records) throws Unusable {
        if (records.isTooLong()) {
            throw new Unusable(Defect.Kind.TOO_LONG, "longer than " + Records.LONGEST + " bytes");
        }
        String[] fields = text.split(",", -1);
        if (fields.length != columns.count()) {
            throw new Unusable(
                    records.isTorn() && fields.length < columns.count() ? Defect.Kind.TORN : Defect.Kind.WRONG_FIELDS,
                    "%d fields instead of %d".formatted(fields.length, columns.count()));
        }
        if (records.isTorn() && fields[fields.length - 1].isBlank()) {
            throw new Unusable(Defect.Kind.TORN, "the last field is missing");
        }
        String submit = fields[columns.submit()].strip();
        String duration = fields[columns.duration()].strip();
        return new TraceJob(
                records.number(),
                Field.number("job_id", fields[columns.id()].strip()).toPlainString(),
                Field.time("submit_time", Field.number("submit_time", submit), PER_SECOND, Defect.Kind.NO_ARRIVAL),
                Field.time("duration", Field.number("duration", duration), PER_SECOND, Defect.Kind.NO_RUN_TIME),
                Field.pods("num_gpu", Field.number("num_gpu", fields[columns.gpus()].strip())));
    }
}
