package dev.muster.simulation.process;

import dev.muster.cluster.PodRef;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pods' directories. Outputs of pods that are gone are kept up to two limits, the oldest go first. */
final class Outputs {
    /** Most pods that are gone and whose output is kept. */
    static final int MOST_PODS = 1000;
    /** Most bytes of their outputs. */
    static final long MOST_BYTES = 1L << 30;

    private static final System.Logger LOG = System.getLogger(Outputs.class.getName());

    private final Path directory;
    private final Map<String, Long> retired = new LinkedHashMap<>();
    private long bytes;

    Outputs(Path directory) {
        this.directory = directory;
    }

    PodDirectory of(PodRef pod) {
        return new PodDirectory(directory.resolve(pod.toString()));
    }

    /** A name for the cluster in this directory that no other has; made once. */
    String cluster() {
        Path file = directory.resolve(".cluster");
        try {
            Files.createDirectories(directory);
            // What processes write is nobody else's business.
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String name = HexFormat.of().formatHex(random);
            Path fresh = Files.writeString(directory.resolve(".cluster.new"), name + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return name;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The directory %s of local processes cannot be used: %s".formatted(directory, e), e);
        }
    }

    void retire(PodRef pod) {
        retire(of(pod));
    }

    /** Retires every directory but those of {@code known}, as after a restart. */
    void retire(Set<String> known) {
        allBut(known).forEach(this::retire);
    }

    /** The directories of all pods but {@code known}, the oldest first. */
    List<PodDirectory> allBut(Set<String> known) {
        List<PodDirectory> all = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path path : paths) {
                if (!known.contains(path.getFileName().toString())) {
                    all.add(new PodDirectory(path));
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be listed: {1}", directory, e);
        }
        all.sort(Comparator.comparing((PodDirectory files) -> files.startedAt().orElse(Instant.MIN))
                .thenComparing(files -> files.path().toString()));
        return all;
    }

    private synchronized void retire(PodDirectory files) {
        String name = files.path().getFileName().toString();
        if (!files.exists() || retired.containsKey(name)) {
            return;
        }
        try {
            files.clear();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Files of {0} cannot be removed: {1}", name, e);
        }
        retired.put(name, files.size());
        bytes += files.size();
        while ((retired.size() > MOST_PODS || bytes > MOST_BYTES) && retired.size() > 1) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Map.Entry<String, Long> oldest = retired.entrySet().iterator().next();
        retired.remove(oldest.getKey());
        bytes -= oldest.getValue();
        try {
            new PodDirectory(directory.resolve(oldest.getKey())).delete();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be removed: {1}", oldest.getKey(), e);
        }
    }
}
