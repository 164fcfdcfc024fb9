package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.QuotaRequest;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.team.Team;
import dev.muster.web.Body;
import dev.muster.web.QuotaRequestResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What teams have asked for their queues; who may ask, asks here. */
@Path("/ui/quota")
@Produces(MediaType.TEXT_HTML)
public class QuotaPages {
    static final String SECTION = "quota";

    private static final int MOST_LINES = 200;
    private static final List<String> STATES = List.of("", "OPEN", "GRANTED", "DECLINED", "WITHDRAWN", "ENDED");
    private static final Set<Code> OF_THE_FORM = Set.of(Code.VALIDATION, Code.INVALID_PARAMETER);

    private final Frames frames;
    private final QuotaRequestResource requests;
    private final TeamStore teams;
    private final QueueStore queues;
    private final Caller caller;
    private final PageProblems problems;

    QuotaPages(
            Frames frames,
            QuotaRequestResource requests,
            TeamStore teams,
            QueueStore queues,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.requests = requests;
        this.teams = teams;
        this.queues = queues;
        this.caller = caller;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance all(@RestQuery @Nullable String state, @RestQuery @Nullable String queue) {
        String shown = queue == null ? "" : queue.strip();
        List<QuotaPage.Mine> mine = mine();
        String first = mine.stream()
                .filter(one -> one.queue().equals(shown))
                .findFirst()
                .or(() -> mine.stream().findFirst())
                .map(QuotaPage.Mine::value)
                .orElse("");
        return Templates.quota(page(
                state != null && STATES.contains(state) ? state : "",
                shown,
                mine,
                QuotaPage.Form.empty(first),
                List.of()));
    }

    @POST
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.QUOTA_REQUEST, seesForItself = true)
    @Operation(hidden = true)
    public Response ask(
            @RestForm @Nullable String of,
            @RestForm @Nullable String guarantee,
            @RestForm @Nullable String deserved,
            @RestForm @Nullable String capability,
            @RestForm @Nullable String until,
            @RestForm @Nullable String why) {
        QuotaPage.Form form =
                new QuotaPage.Form(text(of), text(guarantee), text(deserved), text(capability), text(until), text(why));
        int slash = form.of().indexOf('/');
        try {
            QuotaRequest asked = QuotaRequest.of(
                    form.of().substring(0, Math.max(0, slash)),
                    form.of().substring(slash + 1),
                    Amounts.read("guarantee", form.guarantee()),
                    Amounts.read("deserved", form.deserved()),
                    Amounts.read("capability", form.capability()),
                    Typed.read("until", form.until(), frames.zone()),
                    form.why());
            QuotaRequest made =
                    (QuotaRequest) requests.ask(new Body<>(asked, new byte[0])).getEntity();
            return Response.seeOther(URI.create("/ui/quota/" + made.id())).build();
        } catch (MusterException e) {
            if (!OF_THE_FORM.contains(e.code())) {
                throw e;
            }
            return Response.status(422)
                    .entity(Templates.quota(page("", "", mine(), form, QueuePages.told(e)))
                            .render())
                    .build();
        }
    }

    private QuotaPage page(
            String state, String queue, List<QuotaPage.Mine> mine, QuotaPage.Form form, List<String> faults) {
        List<QuotaRequest> all = requests.list().items().stream()
                .filter(one -> queue.isEmpty() || queue.equals(one.queue()))
                .toList();
        List<QuotaRequest> found = all.stream()
                .filter(one -> state.isEmpty() || state.equals(one.state()))
                .sorted((one, other) -> Boolean.compare("OPEN".equals(other.state()), "OPEN".equals(one.state())))
                .toList();
        Frame frame = frames.lasting("Quota requests", SECTION);
        return new QuotaPage(
                frame,
                state,
                queue,
                STATES.stream().map(each -> choice(each, state, queue, all)).toList(),
                found.stream()
                        .limit(MOST_LINES)
                        .map(one -> QuotaLine.of(one, frame.now()))
                        .toList(),
                found.size() > MOST_LINES,
                mine,
                form,
                faults);
    }

    private static QuotaPage.Choice choice(String each, String state, String queue, List<QuotaRequest> all) {
        String query = Stream.of(
                        each.isEmpty() ? "" : "state=" + each,
                        queue.isEmpty() ? "" : "queue=" + URLEncoder.encode(queue, StandardCharsets.UTF_8))
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + "&" + other)
                .map(parts -> "?" + parts)
                .orElse("");
        int count = (int) all.stream()
                .filter(one -> each.isEmpty() || each.equals(one.state()))
                .count();
        return new QuotaPage.Choice(each, count, "/ui/quota" + query, each.equals(state));
    }

    /** The queues that the caller may ask for: of each team its queue, and those that are only its own. */
    private List<QuotaPage.Mine> mine() {
        Set<QuotaPage.Mine> mine = new LinkedHashSet<>();
        List<dev.muster.queue.Queue> all =
                queues.all().stream().map(one -> one.value()).toList();
        for (var versioned : teams.all()) {
            Team team = versioned.value();
            if (team.queue() != null) {
                add(mine, team.name(), team.queue());
            }
            all.stream()
                    .filter(queue -> team.name().equals(queue.team()))
                    .forEach(queue -> add(mine, team.name(), queue.name()));
        }
        return List.copyOf(mine);
    }

    private void add(Set<QuotaPage.Mine> mine, TeamName team, QueueName queue) {
        if (mayAsk(team, queue)) {
            mine.add(new QuotaPage.Mine(team.value(), queue.value()));
        }
    }

    private boolean mayAsk(TeamName team, QueueName queue) {
        return caller.may(Verb.SUBMIT, Resource.of(Resource.Kind.QUOTA_REQUEST, team, queue, "new"));
    }

    static String text(@Nullable String sent) {
        return Objects.requireNonNullElse(sent, "").strip();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
