package dev.muster.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The files of one server below {@code home}: its data in {@code data}, its password and its output beside it, all owned by the
 * account that it runs under.
 */
record PostgresFiles(Path home, Account account, Binaries binaries) {
    static PostgresFiles in(Path directory, Account account) throws IOException {
        Path home = directory.toAbsolutePath().normalize();
        Files.createDirectories(home);
        DataDirectory.ownersOnly(home, "rwx------");
        account.own(home);
        if (!account.reaches(home)) {
            throw new IllegalStateException(("PostgreSQL runs as %s, which cannot enter %s%n"
                            + "Give a directory that every user may enter with muster.data, or run as an ordinary user.")
                    .formatted(account.owner(), home));
        }
        PostgresFiles files = new PostgresFiles(home, account, Binaries.in(cache(home, account)));
        if (!Files.exists(files.data())) {
            files.initialise();
        }
        return files;
    }

    Path data() {
        return home.resolve("data");
    }

    Path output() {
        return home.resolve("output.log");
    }

    String password() throws IOException {
        return Files.readString(home.resolve("password")).strip();
    }

    /** The user's cache, so that a second data directory need not unpack again; where that cannot be, beside the data. */
    private static Path cache(Path home, Account account) {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path users = (caches == null || caches.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(caches))
                .resolve("muster");
        try {
            Files.createDirectories(users);
            if (Files.isWritable(users) && account.reaches(users)) {
                return users;
            }
        } catch (IOException e) {
            // Read-only or absent homes are usual for service accounts; the data directory always works.
        }
        return home;
    }

    /** Under another name first: a machine that stops half-way leaves nothing that looks like data. */
    private void initialise() throws IOException {
        Path next = home.resolve("data.new");
        Trees.delete(next);
        Files.createDirectory(next);
        DataDirectory.ownersOnly(next, "rwx------");
        Path password = home.resolve("password");
        DataDirectory.writeSecretly(password, DataDirectory.randomSecret());
        account.own(home);
        run(
                "initdb",
                "--pgdata=" + next,
                "--username=" + Postgres.NAME,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                // Rounds make guessing dear; nobody guesses 256 random bits, and each connection pays them.
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C");
        Files.move(next, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Runs one of PostgreSQL's programs to its end. */
    void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(account.command(binaries.program(program)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("PostgreSQL's %s in %s failed:%n%s".formatted(program, home, output.strip()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while PostgreSQL's " + program + " ran", e);
        }
    }
}
