package dev.muster.cli.trace;

import java.io.IOException;
import java.io.InputStream;

/** Reads one format, record by record, whatever the size of the file. */
public interface TraceReader {
    /**
     * Tells {@code sink} of every record, in their order.
     *
     * @throws IOException where the file cannot be read; what is wrong inside is a {@link Defect}
     */
    void read(InputStream in, Sink sink) throws IOException;
}
