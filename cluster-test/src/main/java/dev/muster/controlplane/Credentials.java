package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** Who may call the API server of one control plane: a token for each program, and the key that service accounts' tokens are signed with. */
final class Credentials {
    /** The users of the control plane; the roles that Kubernetes comes with know all but the first. */
    enum User {
        ADMIN("muster-test-admin", "system:masters"),
        CONTROLLERS("system:kube-controller-manager", ""),
        SCHEDULER("system:kube-scheduler", "");

        private final String user;
        private final String group;

        User(String user, String group) {
            this.user = user;
            this.group = group;
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Map<User, String> tokens = new EnumMap<>(User.class);

    Credentials(Path directory) {
        this.directory = directory;
        StringBuilder lines = new StringBuilder();
        for (User each : User.values()) {
            tokens.put(each, randomToken());
            lines.append("%s,%s,%s,\"%s\"%n".formatted(tokens.get(each), each.user, each.user, each.group));
        }
        write(tokenFile(), lines.toString());
        writeKey();
    }

    String token(User user) {
        return tokens.get(user);
    }

    Path tokenFile() {
        return directory.resolve("tokens.csv");
    }

    Path privateKey() {
        return directory.resolve("service-accounts.key");
    }

    Path publicKey() {
        return directory.resolve("service-accounts.pub");
    }

    /** Writes what nobody else of the machine may read. */
    static void write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private void writeKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            write(privateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            write(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no RSA", e);
        }
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
