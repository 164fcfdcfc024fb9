package dev.muster.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Whole lines, each after a prefix: the output of several pods does not mix inside a line. */
final class Prefixed extends OutputStream {
    /** A line without end is not kept for ever. */
    private static final int LONGEST = 64 * 1024;

    private final OutputStream out;
    private final byte[] prefix;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Prefixed(OutputStream out, String prefix) {
        this.out = out;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int oneByte) throws IOException {
        if (oneByte != '\n') {
            line.write(oneByte);
        }
        if (oneByte == '\n' || line.size() >= LONGEST) {
            end();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    /** Only whole lines leave; the rest leaves with {@link #close}. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (line.size() > 0) {
            end();
        }
        out.flush();
    }

    private void end() throws IOException {
        synchronized (out) {
            out.write(prefix);
            line.writeTo(out);
            out.write('\n');
        }
        line.reset();
    }
}
