package dev.muster.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobOrigins;
import dev.muster.job.Job;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where each value of a job comes from. */
@Path("/api/v1/teams/{team}/jobs/{job: [^/:]+}/origins")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class OriginResource {
    private final JobLookup lookup;
    private final ObjectMapper json;

    OriginResource(JobLookup lookup, ObjectMapper json) {
        this.lookup = lookup;
        this.json = json;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    public JobOrigins get(@PathParam("team") String team, @PathParam("job") String job) {
        Job found = lookup.find(team, job);
        List<JobOrigins.Value> values = new ArrayList<>();
        collect("", json.valueToTree(JobView.of(found, null).spec()), found, values);
        return new JobOrigins(found.id().value(), values);
    }

    private static void collect(String pointer, JsonNode node, Job job, List<JobOrigins.Value> values) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> collect(pointer + "/" + field.getKey(), field.getValue(), job, values));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).has("name")) {
            node.forEach(one -> collect(pointer + "/" + one.get("name").asText(), one, job, values));
        } else if (!node.isNull()) {
            String value = node.isValueNode() ? node.asText() : node.toString();
            values.add(new JobOrigins.Value(pointer, value, origin(pointer, job)));
        }
    }

    /** By the longest pointer above it; roles that Spark's fields made are Spark's. */
    private static String origin(String pointer, Job job) {
        SortedMap<String, String> inherited = job.spec().life().inherited();
        String at = pointer;
        while (!at.isEmpty()) {
            String origin = inherited.get(at);
            if (origin != null) {
                return origin;
            }
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return job.spec().spark() != null && pointer.startsWith("/roles/") ? "spark" : "job";
    }
}
