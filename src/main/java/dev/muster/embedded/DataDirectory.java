package dev.muster.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The directory that holds what must survive: {@code postgres/}, {@code cluster/}, {@code token} (for the CLI) and
 * {@code service.json} (where the running service is). Only its owner may read it; one service at a time holds it.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates what is missing, and keeps every other service out until it is closed or this process ends.
     *
     * @throws IllegalStateException where another service holds it, or it cannot be written
     */
    public static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            ownersOnly(path, "rwx------");
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new IllegalStateException(("Another service runs on the data directory %s (see %s)%n"
                                + "Stop that one, or give this one another directory with muster.data.")
                        .formatted(path, path.resolve("service.json")));
            }
            DataDirectory opened = new DataDirectory(path, channel, lock);
            opened.writeTokenIfMissing();
            return opened;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The data directory %s cannot be used: %s%nGive one that can be written with muster.data."
                            .formatted(path, e),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    /** The secret that the CLI shows. */
    public Path token() {
        return path.resolve("token");
    }

    /** Where the running service is; absent while there is none. */
    private Path service() {
        return path.resolve("service.json");
    }

    /** Writes a file that only the owner may read, whole or not at all. */
    static void writeSecretly(Path file, String content) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            Files.createFile(next);
            ownersOnly(next, "rw-------");
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 256 random bits as 64 hexadecimal digits. */
    static String randomSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static void ownersOnly(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(service());
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeTokenIfMissing() {
        if (!Files.exists(token())) {
            writeSecretly(token(), randomSecret());
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
