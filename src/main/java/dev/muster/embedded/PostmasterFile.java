package dev.muster.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server says of itself in {@code postmaster.pid}: who and where it is. The file outlives a server that was killed. */
record PostmasterFile(long pid, int port) {
    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty where there is none, or not all of it yet. */
    static Optional<PostmasterFile> read(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(in(cluster));
            return lines.size() < 4
                    ? Optional.empty()
                    : Optional.of(new PostmasterFile(
                            Long.parseLong(lines.get(0).strip()),
                            Integer.parseInt(lines.get(3).strip())));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process, if it still runs and is a PostgreSQL: the number may belong to another program by now. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(PostmasterFile::runs).filter(process -> process.info()
                .command()
                .map(c -> c.endsWith("postgres"))
                .orElse(true));
    }

    /** Alive, and not a corpse that nobody has collected. */
    static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return process.isAlive();
        }
    }
}
