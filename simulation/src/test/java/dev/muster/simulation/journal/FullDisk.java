package dev.muster.simulation.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** A disk that, while it is full, takes half of the bytes and then refuses. */
public record FullDisk(Journal.Sink disk, AtomicBoolean full) implements Journal.Sink {
    /** The journal's disk is full whenever {@code full} is true. */
    public static void under(Journal journal, AtomicBoolean full) {
        journal.writeThrough(sink -> new FullDisk(sink, full));
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
        if (full.get()) {
            disk.write(position, Arrays.copyOf(bytes, bytes.length / 2));
            throw new IOException("No space left on device");
        }
        disk.write(position, bytes);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
