package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.cycle.Board;
import dev.muster.job.Job;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.report.Permits;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the planner last saw and said, for who runs the installation. */
@Path("/ui/planning")
@Produces(MediaType.TEXT_HTML)
public class PlanningPages {
    private static final int FIRST = 5;
    private static final int MOST_QUEUES = 100;
    private static final int MOST_GANGS = 50;
    private static final int EVICTIONS = 30;

    private final Frames frames;
    private final Board board;
    private final JobStore jobs;
    private final EventStore events;
    private final Permits permits;
    private final PageProblems problems;

    PlanningPages(
            Frames frames, Board board, JobStore jobs, EventStore events, Permits permits, PageProblems problems) {
        this.permits = permits;
        this.frames = frames;
        this.board = board;
        this.jobs = jobs;
        this.events = events;
        this.problems = problems;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.PLANNER)
    @Operation(hidden = true)
    public TemplateInstance planning() {
        Frame frame = frames.living("Planning", "planning", "");
        Instant now = frame.now();
        Board.View view = board.view().orElse(null);
        Map<QueueName, List<PendingJob>> heads = view == null ? Map.of() : view.first(FIRST);
        List<LiveAttempt> gangs = view == null
                ? List.of()
                : view.snapshot().live().stream()
                        .filter(attempt -> attempt.pods().stream().anyMatch(held -> held.node() == null))
                        .limit(MOST_GANGS)
                        .toList();
        List<Permits.Line> asked = permits.now();
        Map<JobId, String> names = names(Stream.concat(
                        Stream.concat(
                                heads.values().stream()
                                        .limit(MOST_QUEUES)
                                        .flatMap(List::stream)
                                        .map(PendingJob::id),
                                gangs.stream().map(attempt -> attempt.id().job())),
                        asked.stream().flatMap(PlanningPages::jobs))
                .distinct()
                .toList());
        List<PlanningPage.Head> told = new ArrayList<>();
        heads.entrySet().stream()
                .limit(MOST_QUEUES)
                .forEach(head -> told.add(new PlanningPage.Head(
                        head.getKey().value(),
                        head.getValue().stream()
                                .map(job -> PlanningPage.Next.of(
                                        job, names.getOrDefault(job.id(), ""), board.reasons(job.id()), now))
                                .toList())));
        return Templates.planning(new PlanningPage(
                frame,
                view != null,
                view == null ? null : PlanningPage.Cycle.of(board.status(), now),
                board.leftAside(),
                told,
                gangs.stream()
                        .map(attempt -> PlanningPage.Gang.of(
                                attempt, names.getOrDefault(attempt.id().job(), ""), now))
                        .toList(),
                asked.stream()
                        .map(line -> PlanningPage.Permit.of(line, names, now))
                        .toList(),
                events.evicted(EVICTIONS).stream()
                        .map(event -> PlanningPage.Gone.of(event, now))
                        .toList()));
    }

    private static Stream<JobId> jobs(Permits.Line line) {
        return Stream.concat(
                line.holders().stream().map(Permits.Holding::job),
                PlanningPage.Permit.shown(line).stream().map(Permits.Waiting::job));
    }

    private Map<JobId, String> names(List<JobId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : jobs.find(ids).stream()
                        .collect(Collectors.toMap(Job::id, job -> job.spec().name(), (one, other) -> one));
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
