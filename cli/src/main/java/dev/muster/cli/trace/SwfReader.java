package dev.muster.cli.trace;

import dev.muster.cli.trace.Field.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The Standard Workload Format of the Parallel Workloads Archive: 18 fields, -1 for unknown, comments after ';'. Processors are
 * those allocated (field 5), else those requested (field 8). A job whose run time (field 4) is unknown is a defect: the time
 * of its processors (field 6) says nothing about how long it held them.
 */
public final class SwfReader implements TraceReader {
    private static final int FIELDS = 18;
    private static final int ID = 0;
    private static final int SUBMIT = 1;
    private static final int RUN_TIME = 3;
    private static final int ALLOCATED = 4;
    private static final int REQUESTED = 7;

    @Override
    public void read(InputStream in, Sink sink) throws IOException {
        Records records = new Records(in);
        for (Optional<String> line = records.next(); line.isPresent(); line = records.next()) {
            String text = line.get().strip();
            if (text.isEmpty() || text.startsWith(";")) {
                continue;
            }
            try {
                sink.job(job(text, records));
            } catch (Unusable e) {
                sink.defect(e.defect(records.number()));
            }
        }
    }

    private static TraceJob job(String text, Records records) throws Unusable {
        if (records.isTooLong()) {
            throw new Unusable(Defect.Kind.TOO_LONG, "longer than " + Records.LONGEST + " bytes");
        }
        String[] fields = text.split("\\s+");
        if (fields.length != FIELDS) {
            // A file that stops here was torn; a line that goes on elsewhere was written wrongly.
            throw new Unusable(
                    records.isTorn() && fields.length < FIELDS ? Defect.Kind.TORN : Defect.Kind.WRONG_FIELDS,
                    "%d fields instead of %d".formatted(fields.length, FIELDS));
        }
        if (records.isTorn() && fields[FIELDS - 1].equals("-")) {
            throw new Unusable(Defect.Kind.TORN, "the last field is cut");
        }
        BigDecimal allocated = Field.number("allocated processors", fields[ALLOCATED]);
        BigDecimal processors =
                allocated.signum() > 0 ? allocated : Field.number("requested processors", fields[REQUESTED]);
        return new TraceJob(
                records.number(),
                Field.number("job number", fields[ID]).toPlainString(),
                Field.time("submit time", Field.number("submit time", fields[SUBMIT]), 1, Defect.Kind.NO_ARRIVAL),
                Field.time("run time", Field.number("run time", fields[RUN_TIME]), 1, Defect.Kind.NO_RUN_TIME),
                Field.pods("processors", processors));
    }
}
