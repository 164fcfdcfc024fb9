package dev.muster.simulation.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * An append-only file of records, one a line: checksum, length, text. What {@link #flush} returned from is in the hands of
 * the operating system, so the death of this process loses none of it (a power cut may). Not safe for several threads.
 */
public final class Journal implements AutoCloseable {
    /** The first record of every journal; the number changes when older programs could not read a newer one. */
    static final String TITLE = "muster-cluster-journal 1";
    /** A journal is not rewritten before it has this size, in bytes. */
    static final long WORTH_REWRITING = 4L << 20;

    private final Path file;
    private final DirectoryLock lock;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Sink sink;
    private long length;
    private long lengthWhenRewritten;

    private Journal(Path file, DirectoryLock lock, Sink sink, long length) {
        this.file = file;
        this.lock = lock;
        this.sink = sink;
        this.length = length;
        this.lengthWhenRewritten = length;
    }

    /** Where bytes go; a real file, except in tests of full disks. */
    interface Sink extends AutoCloseable {
        void write(long position, byte[] bytes) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Opens the journal in {@code directory}, makes it where there is none, and hands every record to {@code replay} in order.
     * An unfinished last record, as a killed process leaves it, is dropped.
     *
     * @throws JournalLocked where another process has it open
     * @throws JournalDamaged where a record is not as it was written
     * @throws JournalUnwritable where the directory cannot be read or written
     */
    public static Journal open(Path directory, Consumer<String> replay) {
        Path file = directory.resolve("journal");
        try {
            Files.createDirectories(directory);
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                Files.deleteIfExists(rewritten(file));
                long length = Files.exists(file) ? JournalFile.read(file, replay) : 0;
                RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
                out.setLength(length);
                Journal journal = new Journal(file, lock, sink(out), length);
                if (length == 0) {
                    journal.append(TITLE);
                    journal.flush();
                }
                return journal;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalUnwritable("The journal %s cannot be opened: %s".formatted(file, e), e);
        }
    }

    /** Adds a record; it is written with the next {@link #flush}. */
    public void append(String text) {
        byte[] line = line(text);
        pending.write(line, 0, line.length);
    }

    /** Writes what was appended. */
    public void flush() {
        if (pending.size() == 0) {
            return;
        }
        try {
            // Written to its place, so that a part left by a failed flush is written over.
            sink.write(length, pending.toByteArray());
        } catch (IOException e) {
            throw new JournalUnwritable("The journal %s cannot be written: %s".formatted(file, e), e);
        }
        length += pending.size();
        pending.reset();
    }

    /** True where most of the journal is likely to be history: it is four times what it was after the last rewriting. */
    public boolean isWorthRewriting() {
        return length >= WORTH_REWRITING && length / 4 >= lengthWhenRewritten;
    }

    /**
     * Replaces all records by those that {@code records} hands to its consumer; all or nothing, also when the process dies.
     * Nothing may be pending. Where it fails the journal is as before, and not worth rewriting until it has grown again.
     */
    public void rewrite(Consumer<Consumer<String>> records) {
        Path fresh = rewritten(file);
        try {
            Files.deleteIfExists(fresh);
            RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw");
            Journal journal = new Journal(fresh, lock, sink(out), 0);
            try {
                journal.append(TITLE);
                records.accept(text -> {
                    journal.append(text);
                    if (journal.pending.size() > 1 << 20) {
                        journal.flush();
                    }
                });
                journal.flush();
                out.getFD().sync();
                move(fresh, file);
            } catch (IOException | RuntimeException e) {
                out.close();
                lengthWhenRewritten = length;
                throw e;
            }
            Sink old = sink;
            sink = journal.sink;
            length = journal.length;
            lengthWhenRewritten = length;
            old.close();
        } catch (IOException e) {
            throw new JournalUnwritable("The journal %s cannot be rewritten: %s".formatted(file, e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot replace a file in one step", e);
        }
    }

    /** Size in bytes. */
    public long length() {
        return length;
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (IOException e) {
            throw new JournalUnwritable("The journal %s cannot be closed: %s".formatted(file, e), e);
        } finally {
            lock.close();
        }
    }

    /** Not for use but in tests: bytes go through {@code change}. */
    void writeThrough(UnaryOperator<Sink> change) {
        sink = change.apply(sink);
    }

    static byte[] line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        String checksum = HexFormat.of().toHexDigits((int) crc.getValue());
        return (checksum + ' ' + bytes.length + ' ' + text + '\n').getBytes(StandardCharsets.US_ASCII);
    }

    private static Path rewritten(Path file) {
        return file.resolveSibling("journal.new");
    }

    private static Sink sink(RandomAccessFile file) {
        return new Sink() {
            @Override
            public void write(long position, byte[] bytes) throws IOException {
                file.seek(position);
                file.write(bytes);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
