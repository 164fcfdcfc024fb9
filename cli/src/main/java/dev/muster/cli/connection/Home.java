package dev.muster.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.client.Json;
import dev.muster.cli.BadInput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory where a service keeps its data and says, in two files, where it is and with which token. */
public record Home(Path directory) {
    /** A service that says it runs: its address and process. */
    public record Running(URI url, long pid) {
        public boolean isAlive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** {@code MUSTER_HOME}, else {@code .muster} here. */
    public static Home of(Map<String, String> environment) {
        String told = environment.get("MUSTER_HOME");
        return new Home(
                Path.of(told == null || told.isEmpty() ? ".muster" : told).toAbsolutePath());
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** What {@code service.json} says, whether or not that process still lives. */
    public Optional<Running> service() {
        Path file = file("service.json");
        try {
            JsonNode said = Json.mapper().readTree(Files.readAllBytes(file));
            JsonNode url = said.path("url");
            return url.isTextual()
                    ? Optional.of(new Running(
                            URI.create(url.asText()), said.path("pid").asLong(-1)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    "Cannot read %s: %s".formatted(file, e.getMessage()),
                    "It is written by the service; stop the service and delete the file.");
        }
    }

    public @Nullable String token() {
        Path file = file("token");
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new BadInput(
                    "Cannot read the token in %s: %s".formatted(file, e.getMessage()),
                    "Only who started the service may read it; or give a token with --token or MUSTER_TOKEN.");
        }
    }
}
