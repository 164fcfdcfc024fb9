package dev.muster.kubernetes.admission;

import dev.muster.admission.certificate.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate that somebody else keeps, such as cert-manager: {@code tls.crt} and {@code tls.key} in a directory. */
final class GivenCertificate {
    private GivenCertificate() {}

    static Pair read(Path directory) {
        try {
            return Pair.of(
                    Files.readString(directory.resolve("tls.crt")), Files.readString(directory.resolve("tls.key")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read tls.crt and tls.key in " + directory, e);
        }
    }
}
