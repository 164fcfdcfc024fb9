package dev.muster.cli.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.client.Json;
import dev.muster.cli.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services that somebody has signed in to, each with its token, in one file that only its owner may read. The present one is
 * used where nothing else says which service is meant.
 */
public final class Contexts {
    private static final String PRESENT = "current";
    private static final String ALL = "contexts";
    private static final String RENEWAL = "renewal";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    private Contexts(Path file) {
        this.file = file;
    }

    /** In {@code MUSTER_CONFIG}, else {@code $XDG_CONFIG_HOME/muster}, else {@code ~/.config/muster}. */
    public static Contexts of(Map<String, String> environment) {
        String told = environment.getOrDefault("MUSTER_CONFIG", "");
        if (!told.isBlank()) {
            return new Contexts(Path.of(told, "contexts.json"));
        }
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path directory = configuration.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(configuration);
        return new Contexts(directory.resolve("muster").resolve("contexts.json"));
    }

    /** A service and how somebody is known there; {@code signedIn} where they were by an identity provider. */
    public record Known(
            String name, URI server, String token, @Nullable SignedIn signedIn) {
        public Known(String name, URI server, String token) {
            this(name, server, token, null);
        }
    }

    public Path file() {
        return file;
    }

    /** By name. */
    public Map<String, Known> all() {
        Map<String, Known> all = new LinkedHashMap<>();
        read().path(ALL).properties().forEach(entry -> {
            JsonNode one = entry.getValue();
            all.put(
                    entry.getKey(),
                    new Known(
                            entry.getKey(),
                            URI.create(one.path("server").asText()),
                            one.path("token").asText(),
                            signedIn(one)));
        });
        return all;
    }

    /** The one that is used; null: none. */
    public @Nullable Known present() {
        return all().get(read().path(PRESENT).asText());
    }

    /** @throws BadInput where there is none of that name */
    public Known named(String name) {
        Known known = all().get(name);
        if (known == null) {
            throw new BadInput(
                    "There is no context '%s' in %s".formatted(name, file),
                    all().isEmpty()
                            ? "Sign in first: muster login --server URL"
                            : "There is: " + String.join(", ", all().keySet()));
        }
        return known;
    }

    /** Keeps it, and makes it the present one. */
    public void keep(Known known) {
        alone(() -> {
            ObjectNode content = read();
            put(content, known);
            return write(content.put(PRESENT, known.name()));
        });
    }

    /** Its token, renewed first where an identity provider gave it and it ends soon. */
    String token(Known known, InstantSource clock) {
        return endsSoon(known, clock) ? alone(() -> renewed(known.name(), clock)) : known.token();
    }

    private static boolean endsSoon(Known known, InstantSource clock) {
        SignedIn signedIn = known.signedIn();
        return signedIn != null && signedIn.refreshToken() != null && signedIn.endsSoon(clock.instant());
    }

    /** Looked at anew: what renews a token may work once only, and another command may just have used it. */
    private String renewed(String name, InstantSource clock) {
        Known known = named(name);
        SignedIn signedIn = known.signedIn();
        if (signedIn == null || !endsSoon(known, clock)) {
            return known.token();
        }
        SignedIn renewed = signedIn.renewed(clock);
        ObjectNode content = read();
        put(content, new Known(known.name(), known.server(), renewed.token(), renewed));
        write(content);
        return renewed.token();
    }

    /** One command at a time changes the file: each writes all of it. */
    private <T> T alone(Supplier<T> task) {
        Path lock = file.resolveSibling("contexts.lock");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Until the file is closed.
                channel.lock();
                return task.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + lock, e);
        }
    }

    private static void put(ObjectNode content, Known known) {
        ObjectNode one = content.withObject("/" + ALL)
                .putObject(known.name())
                .put("server", known.server().toString())
                .put("token", known.token());
        SignedIn signedIn = known.signedIn();
        if (signedIn != null) {
            one.putObject(RENEWAL)
                    .put("refreshToken", signedIn.refreshToken())
                    .put("expiresAt", signedIn.expiresAt().toString())
                    .put("tokens", signedIn.tokens().toString())
                    .put(
                            "revocation",
                            signedIn.revocation() == null
                                    ? null
                                    : signedIn.revocation().toString())
                    .put("clientId", signedIn.clientId());
        }
    }

    private static @Nullable SignedIn signedIn(JsonNode one) {
        JsonNode renewal = one.path(RENEWAL);
        String revocation = renewal.path("revocation").textValue();
        return renewal.isObject()
                ? new SignedIn(
                        one.path("token").asText(),
                        renewal.path("refreshToken").textValue(),
                        Instant.parse(renewal.path("expiresAt").asText()),
                        URI.create(renewal.path("tokens").asText()),
                        revocation == null ? null : URI.create(revocation),
                        renewal.path("clientId").asText())
                : null;
    }

    public void use(String name) {
        alone(() -> write(read().put(PRESENT, named(name).name())));
    }

    /** True where what it was signed in with is given back to who gave it, and opens nothing any more. */
    public boolean forget(String name) {
        SignedIn signedIn = named(name).signedIn();
        alone(() -> {
            ObjectNode content = read();
            content.withObject("/" + ALL).remove(name);
            if (content.path(PRESENT).asText().equals(name)) {
                content.remove(PRESENT);
            }
            return write(content);
        });
        return signedIn != null && signedIn.givenBack();
    }

    private ObjectNode read() {
        try {
            return Json.mapper().readTree(Files.readAllBytes(file)) instanceof ObjectNode content
                    ? content
                    : Json.mapper().createObjectNode();
        } catch (NoSuchFileException e) {
            return Json.mapper().createObjectNode();
        } catch (JsonProcessingException e) {
            throw new BadInput("Cannot read %s: it is no JSON".formatted(file), "Delete it and sign in again.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside it first, so that it is whole at any time; never readable by others, not even for a moment. */
    private Path write(ObjectNode content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path beside = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "contexts",
                    ".json",
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(
                    beside,
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n",
                    StandardCharsets.UTF_8);
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
