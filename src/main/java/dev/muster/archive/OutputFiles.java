package dev.muster.archive;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file for each pod below a directory, which may be a volume that replicas share. It grows from its last byte on, so that whoever
 * is killed goes on where he was; a second file beside it says that nothing comes any more, or that all of it is elsewhere now. At most
 * {@code most} bytes are kept.
 */
final class OutputFiles {
    private static final String OUTPUT = ".log";
    private static final String END = ".end";
    private static final byte[] ELSEWHERE = "elsewhere".getBytes(StandardCharsets.UTF_8);
    private static final int ID = 26;
    private static final Pattern POD = Pattern.compile("([a-z0-9-]+)-(\\d{1,9})\\.end");

    private final Path directory;
    private final long most;

    OutputFiles(Path directory, long most) {
        this.directory = directory;
        this.most = most;
    }

    /** How many bytes are kept. */
    long size(PodRef pod) {
        try {
            return Files.size(file(pod, OUTPUT));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isComplete(PodRef pod) {
        return Files.exists(file(pod, END));
    }

    /** Keeps what comes next; where that is more than is kept it says so instead, and nothing comes any more. */
    void append(PodRef pod, LogChunk chunk) {
        long room = most - chunk.offset();
        if (chunk.bytes().length <= room) {
            write(pod, chunk.offset(), chunk.bytes());
            return;
        }
        write(pod, chunk.offset(), java.util.Arrays.copyOf(chunk.bytes(), (int) Math.max(0, room)));
        byte[] said = "%n[muster: cut here. At most %d bytes of a pod's output are kept (muster.logs.most-bytes)]%n"
                .formatted(most)
                .getBytes(StandardCharsets.UTF_8);
        write(pod, size(pod), said);
        complete(pod);
    }

    /** Nothing comes any more. */
    void complete(PodRef pod) {
        try {
            Path end = file(pod, END);
            Files.createDirectories(end.getParent());
            Files.write(end, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all of it was moved: its file is not here any more. */
    boolean isElsewhere(PodRef pod) {
        try {
            return Files.size(file(pod, END)) > 0;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is all of it, and here. */
    boolean isToShip(PodRef pod) {
        return isComplete(pod) && !isElsewhere(pod) && Files.exists(file(pod, OUTPUT));
    }

    /** Those of the job whose output is whole, and here. */
    List<PodRef> toShip(JobId job) {
        try (Stream<Path> all = Files.walk(job(job))) {
            return all.filter(path -> path.getFileName().toString().endsWith(END))
                    .flatMap(path -> pod(job, path).stream())
                    .filter(this::isToShip)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PodRef> pod(JobId job, Path end) {
        Matcher name = POD.matcher(end.getFileName().toString());
        String attempt = String.valueOf(end.getParent().getFileName());
        return name.matches() && attempt.matches("\\d{1,9}")
                ? Optional.of(new PodRef(
                        new AttemptId(job, Integer.parseInt(attempt)),
                        new RoleName(name.group(1)),
                        Integer.parseInt(name.group(2))))
                : Optional.empty();
    }

    /** It is elsewhere from now on: that is written down before the file goes. */
    void moved(PodRef pod) {
        try {
            Path end = file(pod, END);
            Path written = Files.write(end.resolveSibling(end.getFileName() + ".new"), ELSEWHERE);
            Files.move(written, end, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(file(pod, OUTPUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that grows. */
    Path output(PodRef pod) {
        return file(pod, OUTPUT);
    }

    /** By which name it is elsewhere. */
    String key(PodRef pod) {
        return keys(pod.attempt().job()) + pod.attempt().number() + "/" + pod.role() + "-" + pod.index() + OUTPUT;
    }

    /** How the names of all of a job begin. */
    String keys(JobId job) {
        return job.value().substring(ID - 2) + "/" + job.value() + "/";
    }

    /** What is kept from {@code offset} on. */
    LogChunk read(PodRef pod, long offset, int limit) {
        boolean complete = isComplete(pod);
        try (FileChannel file = FileChannel.open(file(pod, OUTPUT), StandardOpenOption.READ)) {
            long left = Math.max(0, file.size() - offset);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(limit, left));
            while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
                // Until all of it is there.
            }
            byte[] read = java.util.Arrays.copyOf(bytes.array(), bytes.position());
            return new LogChunk(offset, read, complete && read.length == left);
        } catch (NoSuchFileException e) {
            return new LogChunk(offset, new byte[0], complete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jobs whose output is kept, the first {@code most} by name after {@code after}. */
    List<JobId> jobs(String after, int limit) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> shards = Files.list(directory)) {
            List<JobId> found = new ArrayList<>();
            for (Path shard : shards.sorted().toList()) {
                try (Stream<Path> jobs = Files.list(shard)) {
                    jobs.map(path -> path.getFileName().toString())
                            .filter(name -> name.length() == ID && name.compareTo(after) > 0)
                            .map(JobId::new)
                            .forEach(found::add);
                }
            }
            return found.stream()
                    .sorted(Comparator.comparing(JobId::value))
                    .limit(limit)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When something of the job was kept last. */
    Instant changed(JobId job) {
        try (Stream<Path> all = Files.walk(job(job))) {
            Instant last = Instant.EPOCH;
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Instant at = Files.getLastModifiedTime(path).toInstant();
                last = at.isAfter(last) ? at : last;
            }
            return last;
        } catch (NoSuchFileException e) {
            return Instant.EPOCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(PodRef pod) {
        try {
            Files.deleteIfExists(file(pod, END));
            Files.deleteIfExists(file(pod, OUTPUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(JobId job) {
        try (Stream<Path> all = Files.walk(job(job))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Gone already.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(PodRef pod, long offset, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Path path = file(pod, OUTPUT);
        try {
            Files.createDirectories(path.getParent());
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    file.write(left, offset + left.position());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(PodRef pod, String suffix) {
        return job(pod.attempt().job())
                .resolve(Integer.toString(pod.attempt().number()))
                .resolve(pod.role() + "-" + pod.index() + suffix);
    }

    /** The end of an id is random: no directory gets too many. */
    private Path job(JobId job) {
        return directory.resolve(job.value().substring(ID - 2)).resolve(job.value());
    }
}
