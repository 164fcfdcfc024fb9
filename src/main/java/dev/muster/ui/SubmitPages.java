package dev.muster.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Job;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.rights.Sight;
import dev.muster.web.Body;
import dev.muster.web.SubmissionResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A new job by a form: first it is tried, then submitted by the API's own method. */
@Path("/ui/submit")
@Produces(MediaType.TEXT_HTML)
public class SubmitPages {
    /** What is wrong with what was typed; all else is no matter of the form. */
    private static final Set<Code> OF_THE_FORM = Set.of(
            Code.VALIDATION,
            Code.UNKNOWN_FIELD,
            Code.INVALID_PARAMETER,
            Code.QUOTA_IMPOSSIBLE,
            Code.PLACEMENT_IMPOSSIBLE,
            Code.LOCKED_FIELD,
            Code.CONFLICT);

    /** Of notebooks. */
    private static final String PORT = "8888";

    private final Frames frames;
    private final SubmissionResource submissions;
    private final TeamStore teams;
    private final PriorityClassStore priorities;
    private final ObjectMapper json;
    private final Caller caller;
    private final PageProblems problems;

    SubmitPages(
            Frames frames,
            SubmissionResource submissions,
            TeamStore teams,
            PriorityClassStore priorities,
            ObjectMapper json,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.submissions = submissions;
        this.teams = teams;
        this.priorities = priorities;
        this.json = json;
        this.caller = caller;
        this.problems = problems;
    }

    /** The fields of the form as they are sent. */
    public static class Sent {
        @RestForm
        @Nullable
        String team;

        @RestForm
        @Nullable
        String name;

        @RestForm
        @Nullable
        String template;

        @RestForm
        @Nullable
        String queue;

        @RestForm
        @Nullable
        String priority;

        @RestForm
        @Nullable
        String pods;

        @RestForm
        @Nullable
        String cpu;

        @RestForm
        @Nullable
        String memory;

        @RestForm
        @Nullable
        String more;

        @RestForm
        @Nullable
        String image;

        @RestForm
        @Nullable
        String command;

        @RestForm
        @Nullable
        String maxRunTime;

        @RestForm
        @Nullable
        String port;

        @RestForm
        @Nullable
        String path;

        @RestForm
        @Nullable
        String idle;

        /** There: submit it; absent: only try. */
        @RestForm
        @Nullable
        String submit;

        private SubmitPage.Form form() {
            return new SubmitPage.Form(
                    text(team),
                    text(name),
                    text(template),
                    text(queue),
                    text(priority),
                    text(pods),
                    text(cpu),
                    text(memory),
                    text(more),
                    text(image),
                    text(command),
                    text(maxRunTime),
                    text(port),
                    text(path),
                    text(idle));
        }

        private static String text(@Nullable String sent) {
            return sent == null ? "" : sent.strip();
        }
    }

    /** {@code session}: the form of one is open. */
    @GET
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance empty(
            @RestQuery @Nullable String team, @RestQuery @Nullable String template, @RestQuery boolean session) {
        List<String> mine = teams();
        String first = team != null && mine.contains(team) ? team : mine.isEmpty() ? "" : mine.get(0);
        return Templates.submit(
                page(SubmitPage.Form.empty(first, Sent.text(template), session ? PORT : ""), null, List.of()));
    }

    @POST
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public Response submit(@BeanParam Sent sent) {
        SubmitPage.Form form = sent.form();
        if (!teams().contains(form.team())) {
            throw MusterException.notFound("team", form.team());
        }
        boolean dry = sent.submit == null;
        try {
            Response answer = submissions.submit(
                    form.team(),
                    null,
                    dry ? "true" : "false",
                    new Body<>(json.convertValue(form.job(), Job.class), new byte[0]));
            Job job = json.readValue(String.valueOf(answer.getEntity()), Job.class);
            if (!dry) {
                return Response.seeOther(URI.create("/ui/jobs/" + job.metadata().id()))
                        .build();
            }
            return Response.ok(Templates.submit(page(form, SubmitPage.trial(job), List.of()))
                            .render())
                    .build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return Response.status(422)
                    .entity(Templates.submit(page(form, null, QueuePages.told(e)))
                            .render())
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What the API answers is always a job", e);
        }
    }

    private SubmitPage page(SubmitPage.Form form, SubmitPage.@Nullable Trial trial, List<String> faults) {
        return new SubmitPage(
                frames.lasting("Submit a job", "submit"),
                teams(),
                priorities.all().stream().map(one -> one.value().name().value()).toList(),
                form,
                trial,
                faults);
    }

    /** Those for which the caller may submit. */
    private List<String> teams() {
        Sight sight = caller.sight(Resource.Kind.JOB);
        return teams.all().stream()
                .map(team -> team.value().name())
                .filter(name -> sight == null || sight.teams().contains(name))
                .map(name -> name.value())
                .toList();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
