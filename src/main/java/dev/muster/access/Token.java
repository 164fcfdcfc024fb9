package dev.muster.access;

import dev.muster.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's secret: a random bearer token in the file {@code token} of the data directory, readable by its owner only
 * and made at the first start. Other secrets are derived from it, so a new token ends every session and page token.
 */
@Singleton
public class Token {
    /** The name of the file. */
    public static final String FILE = "token";

    private static final int BYTES = 32;

    private final byte[] value;

    @Inject
    Token(Settings settings) {
        this(settings.access().tokenFile().orElseGet(() -> settings.data().resolve(FILE)));
    }

    Token(Path file) {
        try {
            value = read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the token file " + file, e);
        }
    }

    /** True where {@code sent} is the token; takes as long for a near miss as for a far one. */
    public boolean matches(String sent) {
        return MessageDigest.isEqual(digest(value), digest(sent.getBytes(StandardCharsets.UTF_8)));
    }

    /** A signature of {@code text} that only this installation can make; {@code purpose} keeps kinds of signatures apart. */
    public byte[] sign(String purpose, String text) {
        return mac(mac(value, purpose), text);
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            try (var channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner())) {
                channel.write(StandardCharsets.UTF_8.encode(made + "\n"));
            } catch (FileAlreadyExistsException e) {
                // Another start was first: its token is the one.
            }
        }
        String text = Files.readString(file).strip();
        if (text.length() < 32) {
            throw new IOException(
                    "The token in %s has %d characters: expected 32 or more; delete the file for a new one"
                            .formatted(file, text.length()));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FileAttribute<?> onlyOwner() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
