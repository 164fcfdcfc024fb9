package dev.muster.cli.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a trace, one after another, of any file size; remembers whether the last one had its end. */
final class Records {
    /** No record of any format is longer, in bytes. */
    static final int LONGEST = 8 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private long number;
    private boolean ended = true;
    private boolean cut;

    Records(InputStream in) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16);
    }

    /** The next line without its end; empty after the last one. */
    Optional<String> next() throws IOException {
        int length = 0;
        boolean any = false;
        cut = false;
        for (int read = in.read(); read >= 0; read = in.read()) {
            any = true;
            if (read == '\n') {
                return Optional.of(line(length, true));
            }
            if (length < LONGEST) {
                buffer[length++] = (byte) read;
            } else {
                cut = true;
            }
        }
        return any ? Optional.of(line(length, false)) : Optional.empty();
    }

    private String line(int length, boolean withEnd) {
        number++;
        ended = withEnd;
        int end = length > 0 && buffer[length - 1] == '\r' ? length - 1 : length;
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    /** Of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** True where the file stops before the end of the line that was read last. */
    boolean isTorn() {
        return !ended;
    }

    /** True where the line that was read last was longer than {@link #LONGEST}. */
    boolean isTooLong() {
        return cut;
    }
}
