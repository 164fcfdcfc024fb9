package dev.muster.simulation.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps two processes, or two users in one, from the same directory. The operating system lets go when a process dies. */
final class DirectoryLock {
    private final RandomAccessFile file;

    private DirectoryLock(RandomAccessFile file) {
        this.file = file;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path path = directory.resolve("lock");
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (tryLock(file) == null) {
                throw new JournalLocked("The cluster in %s is open in another process (%s)\nStop that one first."
                        .formatted(directory, holder(file)));
            }
            file.setLength(0);
            file.write(("pid " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            return new DirectoryLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(RandomAccessFile file) throws IOException {
        byte[] text = new byte[64];
        int read = file.read(text);
        return read <= 0 ? "its pid is not known" : new String(text, 0, read, StandardCharsets.US_ASCII).strip();
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException("The lock cannot be let go", e);
        }
    }
}
