package dev.muster.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the jar on the class path into a directory that later starts find again. */
record Binaries(Path directory) {
    private static final Pattern VERSION = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar!");

    /** Those of this machine's kind, in a directory of their own below {@code cache}. */
    static Binaries in(Path cache) {
        String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL url = Binaries.class.getClassLoader().getResource(archive);
        if (url == null) {
            throw new IllegalStateException(
                    ("No PostgreSQL for this machine (%s %s) is on the class path: %s is missing%n"
                                    + "Use a PostgreSQL of your own: muster.database=EXTERNAL and quarkus.datasource.jdbc.url.")
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), archive));
        }
        Matcher version = VERSION.matcher(url.toString());
        Path home = cache.resolve("postgres-" + (version.find() ? version.group(1) : "unversioned"));
        try {
            if (!Files.exists(home)) {
                unpack(url, home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + home, e);
        }
        return new Binaries(home);
    }

    /** The path of {@code initdb}, {@code postgres} or {@code pg_ctl}. */
    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    static String archive(String system, String processor) {
        boolean mac = system.toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        if (mac) {
            return arm ? "postgres-darwin-arm_64.txz" : "postgres-darwin-x86_64.txz";
        }
        return arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
    }

    /** Into a sibling first: two services that start at once, or one that is killed, leave no half of it. */
    private static void unpack(URL archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path next = Files.createTempDirectory(home.getParent(), "unpacking");
        try (InputStream packed = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, next);
            }
        }
        // A temporary directory is its owner's only; programs may be run by everybody.
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Trees.delete(next);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path home) throws IOException {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("An entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
