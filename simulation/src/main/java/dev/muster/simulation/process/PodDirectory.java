package dev.muster.simulation.process;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.ResultFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one pod's process. {@code started} (a directory: made once, by the wrapper), {@code pid}, {@code page-port},
 * {@code exit} and {@code output} are the wrapper's; {@code work}, {@code tmp} and {@code result} are the process's own.
 */
record PodDirectory(Path path) {
    /** Makes what is missing. */
    void create() throws IOException {
        Files.createDirectories(work());
        Files.createDirectories(temporary());
    }

    Path work() {
        return path.resolve("work");
    }

    Path temporary() {
        return path.resolve("tmp");
    }

    /** What its job brings along. */
    Path artifacts() {
        return path.resolve("artifacts");
    }

    Path output() {
        return path.resolve("output");
    }

    /** Where its command may leave a small result. */
    Path resultFile() {
        return path.resolve("result");
    }

    /** A link, or a pipe that would be waited for, is none. */
    Optional<String> result() {
        if (!Files.isRegularFile(resultFile(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream file = Files.newInputStream(resultFile(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(ResultFile.text(file.readNBytes(ResultFile.MOST_BYTES + 1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** When the wrapper claimed the pod, which it does once; empty where none has. */
    Optional<Instant> startedAt() {
        return modified("started");
    }

    Optional<Instant> exitedAt() {
        return modified("exit");
    }

    private Optional<Instant> modified(String file) {
        try {
            return Optional.of(Files.getLastModifiedTime(path.resolve(file)).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The wrapper's process; empty where it has not written it yet. */
    Optional<Long> pid() {
        return number("pid").map(Long::valueOf);
    }

    /** What the command ended with; empty while it runs, or where it was killed with its wrapper. */
    Optional<Integer> exitCode() {
        return number("exit");
    }

    /** Where its process was told to serve pages; empty where none has begun. */
    Optional<Integer> pagePort() {
        return number("page-port").filter(port -> port > 0 && port < 65_536);
    }

    private Optional<Integer> number(String file) {
        try {
            String text = Files.readString(path.resolve(file), StandardCharsets.ISO_8859_1)
                    .strip();
            // A process may write here what it likes: anything else than a number counts as nothing.
            return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void say(List<String> lines) throws IOException {
        Files.write(output(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    LogChunk read(long offset, int limit, boolean ended) {
        try (RandomAccessFile file = new RandomAccessFile(output().toFile(), "r")) {
            long size = file.length();
            if (offset >= size) {
                return new LogChunk(offset, new byte[0], ended);
            }
            byte[] bytes = new byte[(int) Math.min(limit, size - offset)];
            file.seek(offset);
            file.readFully(bytes);
            return new LogChunk(offset, bytes, ended && offset + bytes.length >= size);
        } catch (IOException e) {
            return new LogChunk(offset, new byte[0], ended);
        }
    }

    long size() {
        try {
            return Files.size(output());
        } catch (IOException e) {
            return 0;
        }
    }

    /** Removes what the process kept for itself; its output stays. */
    void clear() throws IOException {
        delete(work());
        delete(temporary());
        delete(artifacts());
    }

    void delete() throws IOException {
        delete(path);
    }

    /** Links are removed, never followed. */
    private static void delete(Path tree) throws IOException {
        if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(tree);
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                directory.toFile().setWritable(true, true);
                directory.toFile().setExecutable(true, true);
                directory.toFile().setReadable(true, true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
