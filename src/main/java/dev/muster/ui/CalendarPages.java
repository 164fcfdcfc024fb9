package dev.muster.ui;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.rights.Sight;
import dev.muster.schedule.Run;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.timetable.TickClock;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What runs when: a week of all schedules, in the zone of who looks. */
@Path("/ui/calendar")
@Produces(MediaType.TEXT_HTML)
public class CalendarPages {
    private static final int MOST_LANES = 60;
    private static final int MOST_RUNS = 5_000;
    /** Of one schedule: one that ticks every minute has more than anyone looks at. */
    private static final int MOST_COMING = 200;
    /** What began so long before may still run. */
    private static final Duration BEFORE = Duration.ofDays(2);

    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final Frames frames;
    private final ScheduleStore schedules;
    private final RunStore runs;
    private final TickClock clock;
    private final Caller caller;
    private final PageProblems problems;

    CalendarPages(
            Frames frames,
            ScheduleStore schedules,
            RunStore runs,
            TickClock clock,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.schedules = schedules;
        this.runs = runs;
        this.clock = clock;
        this.caller = caller;
        this.problems = problems;
    }

    /** {@code week}: the one of that day; what is no day is today. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance week(@RestQuery @Nullable String week, @RestQuery @Nullable String team) {
        Instant now = clock.now();
        ZoneId zone = frames.zone();
        LocalDate today = now.atZone(zone).toLocalDate();
        Calendar calendar =
                new Calendar(day(week, today).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone, now);
        String only = QuotaPages.text(team).isEmpty() ? null : QuotaPages.text(team);
        Sight sight = caller.view(Resource.Kind.SCHEDULE);
        List<Schedule> seen = schedules.all().stream()
                .map(one -> one.value())
                .filter(one -> sight == null || sight.teams().contains(one.team()))
                .filter(one -> only == null || only.equals(one.team().value()))
                .toList();
        Map<ScheduleName, List<Run>> ran =
                runs.between(calendar.from().minus(BEFORE), calendar.to(), MOST_RUNS).stream()
                        .filter(run -> calendar.span(run).to().isAfter(calendar.from())
                                || !run.tick().isBefore(calendar.from()))
                        .collect(Collectors.groupingBy(Run::schedule));
        Map<ScheduleName, Standing> standings = schedules.standings();
        List<CalendarPage.Lane> lanes = new ArrayList<>();
        List<Calendar.Span> spans = new ArrayList<>();
        for (Schedule schedule : seen) {
            Standing standing = standings.get(schedule.name());
            boolean paused = standing == null || standing.pause() != null;
            List<Run> own = ran.getOrDefault(schedule.name(), List.of());
            List<Instant> coming = paused ? List.of() : coming(schedule, calendar);
            Duration usual = calendar.usual(own);
            own.stream()
                    .filter(run -> run.startedAt() != null)
                    .map(calendar::span)
                    .forEach(spans::add);
            coming.forEach(tick -> spans.add(new Calendar.Span(tick, tick.plus(usual))));
            if (lanes.size() < MOST_LANES) {
                lanes.add(calendar.lane(schedule, standing != null && standing.pause() != null, own, coming));
            }
        }
        int[] crowd = calendar.crowd(spans);
        return Templates.calendar(new CalendarPage(
                frames.lasting("Week of " + TITLE.format(calendar.monday()), "schedules"),
                TITLE.format(calendar.monday().plusDays(6)),
                only,
                href(calendar.monday().minusDays(7), only),
                href(calendar.monday().plusDays(7), only),
                href(today, only),
                calendar.days(),
                calendar.nowLine(),
                lanes,
                seen.size() > MOST_LANES,
                calendar.slots(crowd),
                calendar.told(crowd)));
    }

    /** The ticks that are to come within the week. */
    private static List<Instant> coming(Schedule schedule, Calendar calendar) {
        Instant from =
                calendar.now().isBefore(calendar.from()) ? calendar.from().minusMillis(1) : calendar.now();
        return from.isBefore(calendar.to())
                ? schedule.times().next(from, MOST_COMING).stream()
                        .filter(tick -> tick.isBefore(calendar.to()))
                        .toList()
                : List.of();
    }

    private static String href(LocalDate day, @Nullable String team) {
        return "/ui/calendar?week=" + day + (team == null ? "" : "&team=" + team);
    }

    private static LocalDate day(@Nullable String text, LocalDate usual) {
        try {
            LocalDate day = text == null || text.length() > 10 ? usual : LocalDate.parse(text);
            return Math.abs(day.getYear() - usual.getYear()) > 50 ? usual : day;
        } catch (DateTimeException e) {
            return usual;
        }
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
