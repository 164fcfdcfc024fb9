package dev.muster.web;

import dev.muster.Settings;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Artifact;
import dev.muster.api.Page;
import dev.muster.artifact.Artifacts;
import dev.muster.artifact.Upload;
import dev.muster.job.ArtifactRef;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.StoredArtifact;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Files for jobs of a team, by the hash of their content: whoever has sent one before need not send it again. */
@Path("/api/v1/teams/{team}/artifacts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class ArtifactResource {
    private final Artifacts artifacts;
    private final ArtifactStore store;
    private final PageTokens tokens;
    private final Caller caller;
    private final Duration keep;

    ArtifactResource(Artifacts artifacts, ArtifactStore store, PageTokens tokens, Caller caller, Settings settings) {
        this.artifacts = artifacts;
        this.store = store;
        this.tokens = tokens;
        this.caller = caller;
        this.keep = settings.artifacts().keep();
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB)
    public Page<Artifact> list(
            @PathParam("team") String team,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        TeamName name = Parameters.name("team", team, TeamName::new);
        int size = Parameters.pageSize(pageSize);
        String list = "artifacts\n" + name;
        List<StoredArtifact> found = store.list(name, tokens.open(list, pageToken), size + 1);
        List<StoredArtifact> page = found.size() > size ? found.subList(0, size) : found;
        return new Page<>(
                page.stream().map(this::view).toList(),
                found.size() > size ? tokens.make(list, page.get(size - 1).sha256()) : null);
    }

    @GET
    @Path("{sha256: [^/:]+}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public Artifact get(@PathParam("team") String team, @PathParam("sha256") String sha256) {
        return store.find(Parameters.name("team", team, TeamName::new), hash(sha256))
                .map(this::view)
                .orElseThrow(() -> MusterException.notFound("artifact of team " + team, sha256));
    }

    @PUT
    @Path("{sha256: [^/:]+}")
    @Consumes(MediaType.WILDCARD)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB)
    @APIResponseSchema(value = Artifact.class, responseCode = "201")
    public Response put(
            @PathParam("team") String team,
            @PathParam("sha256") String sha256,
            @QueryParam("name") @Nullable String name,
            InputStream body) {
        TeamName of = Parameters.name("team", team, TeamName::new);
        String declared = hash(sha256);
        if (name == null) {
            throw MusterException.invalidParameter("name", "", "the name of the file, as in ?name=app.jar");
        }
        String called = Parameters.name("name", name, text -> new ArtifactRef(text, declared))
                .name();
        boolean known = store.find(of, declared).isPresent();
        Place place = Place.root(new Faults());
        try (Upload upload = artifacts.receive(body, place)) {
            StoredArtifact kept = artifacts.keep(of, caller.actor().name(), called, declared, upload, place);
            return Response.status(known ? 200 : 201).entity(view(kept)).build();
        }
    }

    @DELETE
    @Path("{sha256: [^/:]+}")
    @Asks(value = Verb.DELETE, of = Resource.Kind.JOB)
    public void delete(@PathParam("team") String team, @PathParam("sha256") String sha256) {
        artifacts.delete(Parameters.name("team", team, TeamName::new), hash(sha256));
    }

    private static String hash(String sent) {
        return Parameters.name("sha256", sent, text -> new ArtifactRef("file", text))
                .sha256();
    }

    private Artifact view(StoredArtifact one) {
        return new Artifact(
                one.sha256(),
                one.name(),
                one.bytes(),
                one.uploadedBy(),
                one.uploadedAt(),
                one.lastUsedAt(),
                one.lastUsedAt().plus(keep));
    }
}
