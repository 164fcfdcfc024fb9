package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.RushStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.UsageStore;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Usage;
import dev.muster.report.Usages;
import dev.muster.rights.Sight;
import dev.muster.team.Team;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Which priorities teams and queues use, and how much of rush is left. */
@Path("/ui/priorities")
@Produces(MediaType.TEXT_HTML)
public class PriorityPages {
    private static final List<Integer> LENGTHS = List.of(1, 7, 30);
    private static final int MOST_ROWS = 100;

    private final Frames frames;
    private final Usages usages;
    private final UsageStore store;
    private final PriorityClassStore classes;
    private final TeamStore teams;
    private final RushStore rushes;
    private final Caller caller;
    private final PageProblems problems;

    PriorityPages(
            Frames frames,
            Usages usages,
            UsageStore store,
            PriorityClassStore classes,
            TeamStore teams,
            RushStore rushes,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.usages = usages;
        this.store = store;
        this.classes = classes;
        this.teams = teams;
        this.rushes = rushes;
        this.caller = caller;
        this.problems = problems;
    }

    /** What cannot be meant is what is usual: a page has no faults in its address. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance priorities(@RestQuery @Nullable String by, @RestQuery @Nullable String days) {
        Frame frame = frames.lasting("Priorities", "usage");
        Dimension what = "queue".equals(by) ? Dimension.QUEUE : Dimension.TEAM;
        int length = LENGTHS.stream()
                .filter(each -> each.toString().equals(days))
                .findFirst()
                .orElse(7);
        Period period = new Period(
                frame.now().minus(Duration.ofDays(length)), frame.now().plusMillis(1));
        Sight sight = caller.view(Resource.Kind.JOB);
        Usage usage = usages.of(period, List.of(what, Dimension.PRIORITY), sight);
        Map<List<String>, Long> jobs = new HashMap<>();
        for (UsageStore.Ran ran : store.jobsByPriority(period)) {
            if (sight == null || sight.reaches(ran.team(), ran.queue())) {
                String name = what == Dimension.QUEUE
                        ? ran.queue().value()
                        : ran.team().value();
                jobs.merge(List.of(name, ran.priority()), ran.jobs(), Long::sum);
            }
        }
        PriorityRows rows = new PriorityRows(what, order(jobs, usage), jobs, usage.groups());
        List<PriorityPage.Row> all = rows.rows();
        return Templates.priorities(new PriorityPage(
                frame,
                choices(what, length),
                rows.heads(),
                all.stream().limit(MOST_ROWS).toList(),
                all.size() > MOST_ROWS,
                rush(frame.now())));
    }

    /** Classes that were used and that there are, the lowest first; those that are gone at the end. */
    private List<String> order(Map<List<String>, Long> jobs, Usage usage) {
        List<String> names = new ArrayList<>(classes.all().stream()
                .map(one -> one.value())
                .sorted(Comparator.comparingInt(PriorityClass::value))
                .map(one -> one.name().value())
                .toList());
        TreeSet<String> used = new TreeSet<>();
        jobs.keySet().forEach(key -> used.add(key.get(1)));
        usage.groups().keySet().forEach(key -> used.add(key.get(1)));
        names.forEach(used::remove);
        names.addAll(used);
        return names;
    }

    private static List<PriorityPage.Choice> choices(Dimension what, int length) {
        List<PriorityPage.Choice> choices = new ArrayList<>();
        for (Dimension each : List.of(Dimension.TEAM, Dimension.QUEUE)) {
            choices.add(new PriorityPage.Choice("by " + each.word(), href(each, length), each == what));
        }
        for (int each : LENGTHS) {
            choices.add(
                    new PriorityPage.Choice(each == 1 ? "24 hours" : each + " days", href(what, each), each == length));
        }
        return choices;
    }

    private static String href(Dimension what, int length) {
        return "/ui/priorities?by=%s&days=%d".formatted(what.word(), length);
    }

    private List<PriorityPage.RushLine> rush(Instant now) {
        return teams.all().stream()
                .map(one -> one.value())
                .filter(team -> team.rush() != null
                        && caller.may(
                                Verb.READ,
                                new Resource(
                                        Resource.Kind.TEAM, null, team.name().value())))
                .sorted(Comparator.comparing(Team::name))
                .map(team -> RushLines.of(
                        team.name().value(),
                        Objects.requireNonNull(team.rush()),
                        rushes.uses(team.name(), now),
                        caller.actor().name(),
                        now))
                .toList();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
