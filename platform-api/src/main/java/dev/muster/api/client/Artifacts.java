package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.muster.api.Artifact;
import dev.muster.api.ArtifactRef;
import dev.muster.api.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Files for jobs of a team, by the SHA-256 of their content. */
public final class Artifacts {
    private static final JavaType PAGE = Exchange.mapper().constructType(new TypeReference<Page<Artifact>>() {});
    private static final int AT_ONCE = 500;

    private final Exchange exchange;
    private final String team;

    Artifacts(Exchange exchange, String team) {
        this.exchange = exchange;
        this.team = team;
    }

    /** By hash. */
    public List<Artifact> all() {
        List<Artifact> all = new ArrayList<>();
        String token = null;
        do {
            Query query = Query.path("teams", team, "artifacts")
                    .with("pageSize", AT_ONCE)
                    .with("pageToken", token);
            Page<Artifact> page = exchange.call("GET", query).as(PAGE);
            all.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        return all;
    }

    public Optional<Artifact> find(String sha256) {
        try {
            return Optional.of(exchange.call("GET", Query.path("teams", team, "artifacts", sha256))
                    .as(Artifact.class));
        } catch (ProblemException e) {
            if (e.is("NOT_FOUND")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sends the file where the service has not got its content, and says how a job names it. */
    public ArtifactRef send(Path file, String name) throws IOException {
        String sha256 = hash(file);
        if (find(sha256).isEmpty()) {
            exchange.call("PUT", Query.path("teams", team, "artifacts", sha256).with("name", name))
                    .body(file)
                    .repeatable()
                    .as(Artifact.class);
        }
        return new ArtifactRef(name, sha256);
    }

    public void delete(String sha256) {
        exchange.call("DELETE", Query.path("teams", team, "artifacts", sha256)).done();
    }

    /** SHA-256 in hex, as the service counts it. */
    public static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
