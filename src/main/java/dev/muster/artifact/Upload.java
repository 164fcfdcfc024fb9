package dev.muster.artifact;

import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What somebody has sent, whole, in a file of its own until it is closed. */
public record Upload(Path file, String sha256, long bytes) implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /**
     * Reads it into a new file of {@code directory}; nothing is left where that fails.
     *
     * @throws MusterException where it is larger than {@code most} bytes, or ends before it is over
     */
    static Upload receive(InputStream in, Path directory, long most, Place place) {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, "upload", null);
            try {
                return written(in, file, most, place);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An upload cannot be kept in " + directory, e);
        }
    }

    private static Upload written(InputStream in, Path file, long most, Place place) throws IOException {
        MessageDigest digest = digest();
        long bytes = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = next(in, buffer, bytes, place); read >= 0; read = next(in, buffer, bytes, place)) {
                bytes += read;
                if (bytes > most) {
                    throw tooLarge(place, most);
                }
                out.write(buffer, 0, read);
            }
        }
        return new Upload(file, HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static int next(InputStream in, byte[] buffer, long read, Place place) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw MusterException.malformed(
                    place.pointer(), "the upload was cut off after %d bytes".formatted(read), "Send it again");
        }
    }

    static MusterException tooLarge(Place place, long most) {
        return MusterException.invalid(new Fault(
                place.pointer(),
                Fault.Kind.TOO_LONG,
                "more than %d bytes: expected at most that (muster.artifacts.most-bytes)".formatted(most),
                "Leave out what the image has already, or put it where pods can fetch it"));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The file goes. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }
}
