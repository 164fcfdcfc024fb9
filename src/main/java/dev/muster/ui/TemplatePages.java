package dev.muster.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.JobTemplate;
import dev.muster.api.JobTemplateSpec;
import dev.muster.api.Metadata;
import dev.muster.api.TemplateRevision;
import dev.muster.postgres.TemplateStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Code;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.template.Template;
import dev.muster.web.Body;
import dev.muster.web.TemplateResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What jobs of a team have in common: templates with their locks and revisions; changed by the API's own method, after it was tried. */
@Path("/ui/templates")
@Produces(MediaType.TEXT_HTML)
public class TemplatePages {
    private static final Set<Code> OF_THE_FORM =
            Set.of(Code.VALIDATION, Code.INVALID_PARAMETER, Code.CONFLICT, Code.ETAG_MISMATCH);

    private final Frames frames;
    private final TemplateStore store;
    private final TemplateResource templates;
    private final ObjectMapper json;
    private final Caller caller;
    private final PageProblems problems;

    TemplatePages(
            Frames frames,
            TemplateStore store,
            TemplateResource templates,
            ObjectMapper json,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.store = store;
        this.templates = templates;
        this.json = json;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance all(@RestQuery @Nullable String team) {
        Frame frame = frames.lasting("Templates", "templates");
        String only = QuotaPages.text(team).isEmpty() ? null : QuotaPages.text(team);
        Map<String, TemplateStore.Author> authors = store.authors();
        List<TemplateList.Line> lines = store.all().stream()
                .filter(one -> only == null || only.equals(one.value().team().value()))
                .filter(one -> caller.may(
                        Verb.READ,
                        new Resource(Resource.Kind.JOB, one.value().team().value(), null)))
                .map(one -> line(one, authors.get(one.value().key()), frame.now()))
                .sorted(Comparator.comparing(TemplateList.Line::team).thenComparing(TemplateList.Line::name))
                .toList();
        return Templates.templates(new TemplateList(frame, only, lines));
    }

    @GET
    @Path("{team}/{template}")
    @Asks(value = Verb.READ, of = Resource.Kind.JOB)
    @Operation(hidden = true)
    public TemplateInstance one(String team, String template) {
        JobTemplate found = found(team, template);
        return Templates.template(page(team, template, found, form(found), null, List.of()));
    }

    /** {@code apply}: change it; without, only tell what would be different. */
    @POST
    @Path("{team}/{template}")
    @Asks(value = Verb.PUT, of = Resource.Kind.TEAM)
    @Operation(hidden = true)
    public Response change(
            String team,
            String template,
            @RestForm @Nullable String spec,
            @RestForm @Nullable String etag,
            @RestForm @Nullable String apply) {
        JobTemplate found = found(team, template);
        TemplatePage.Form form = new TemplatePage.Form(QuotaPages.text(spec), QuotaPages.text(etag));
        try {
            JobTemplate wanted = new JobTemplate(
                    JobTemplate.KIND, new Metadata(template, team, null, null, null, null, null), read(form.spec()));
            Response done = templates.put(
                    team,
                    template,
                    form.etag(),
                    null,
                    apply == null ? "true" : "false",
                    new Body<>(wanted, new byte[0]));
            if (apply != null) {
                return Response.seeOther(URI.create("/ui/templates/" + team + "/" + template))
                        .build();
            }
            JobTemplate tried = (JobTemplate) done.getEntity();
            List<QueuePage.Change> trial = Fields.changes(fields(found.spec()), fields(tried.spec()));
            return Response.ok(Templates.template(page(team, template, found, form, trial, List.of()))
                            .render())
                    .build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return Response.status(422)
                    .entity(Templates.template(page(team, template, found, form, null, QueuePages.told(e)))
                            .render())
                    .build();
        }
    }

    private JobTemplateSpec read(String typed) {
        try {
            JobTemplateSpec spec = json.readValue(typed.isEmpty() ? "{}" : typed, JobTemplateSpec.class);
            if (spec != null) {
                return spec;
            }
        } catch (JsonProcessingException e) {
            throw bad("this is not what a template can say: " + e.getOriginalMessage());
        }
        throw bad("nothing was said");
    }

    private static MusterException bad(String detail) {
        return MusterException.invalid(new Fault(
                "/spec",
                Fault.Kind.BAD_VALUE,
                detail,
                "JSON with description, job and locked, as muster templates show -o json prints it"));
    }

    private TemplatePage page(
            String team,
            String name,
            JobTemplate found,
            TemplatePage.Form form,
            @Nullable List<QueuePage.Change> trial,
            List<String> faults) {
        Frame frame = frames.lasting(name, "templates");
        List<String> locks = Objects.requireNonNullElse(found.spec().locked(), List.of());
        return new TemplatePage(
                frame,
                team,
                name,
                found.spec().description(),
                Fields.of(json.valueToTree(found.spec().job())).entrySet().stream()
                        .map(field -> new TemplatePage.Field(
                                field.getKey(), field.getValue(), Fields.isLocked(field.getKey(), locks)))
                        .toList(),
                revisions(templates.revisions(team, name).items(), frame.now()),
                caller.may(Verb.PUT, new Resource(Resource.Kind.TEAM, null, team)),
                caller.may(Verb.SUBMIT, new Resource(Resource.Kind.JOB, team, null)),
                form,
                trial,
                faults);
    }

    /** They come newest first. */
    private List<TemplatePage.Revision> revisions(List<TemplateRevision> all, Instant now) {
        List<TemplatePage.Revision> revisions = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            TemplateRevision one = all.get(i);
            revisions.add(new TemplatePage.Revision(
                    one.revision(),
                    one.actor(),
                    new Moment(one.at(), now),
                    i + 1 < all.size() ? Fields.changes(fields(all.get(i + 1).spec()), fields(one.spec())) : null));
        }
        return revisions;
    }

    private Map<String, String> fields(JobTemplateSpec spec) {
        Map<String, String> fields = Fields.of(json.valueToTree(spec.job()));
        if (spec.description() != null) {
            fields.put("description", spec.description());
        }
        Objects.requireNonNullElse(spec.locked(), List.<String>of())
                .forEach(lock -> fields.put("locked " + lock, "yes"));
        return fields;
    }

    private TemplatePage.Form form(JobTemplate found) {
        JsonNode tree = json.valueToTree(found.spec());
        return new TemplatePage.Form(
                tree.toPrettyString(),
                Objects.requireNonNullElse(
                        Objects.requireNonNull(found.metadata()).etag(), ""));
    }

    private JobTemplate found(String team, String name) {
        return (JobTemplate) templates.get(team, name).getEntity();
    }

    private TemplateList.Line line(Versioned<Template> one, TemplateStore.@Nullable Author author, Instant now) {
        Template template = one.value();
        return new TemplateList.Line(
                template.team().value(),
                template.name().value(),
                template.description(),
                count(template),
                template.locked().size(),
                one.version(),
                author == null ? null : author.actor(),
                author == null ? null : new Moment(author.at(), now));
    }

    private int count(Template template) {
        try {
            return Fields.of(json.readTree(template.job())).size();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was kept of template %s cannot be read".formatted(template.key()), e);
        }
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
