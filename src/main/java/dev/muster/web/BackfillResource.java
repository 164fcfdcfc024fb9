package dev.muster.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Backfill;
import dev.muster.api.Page;
import dev.muster.postgres.BackfillStore;
import dev.muster.postgres.IdempotencyStore.Answer;
import dev.muster.postgres.RunStore;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.schedule.RunState;
import dev.muster.schedule.ScheduleName;
import dev.muster.submission.Once;
import dev.muster.timetable.Backfills;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Backfills of a schedule: fill the past, look how far it is, cancel what is left. */
@Path("/api/v1/schedules/{schedule: [^/:]+}/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "schedules")
public class BackfillResource {
    private static final String OLDEST_FIRST = "OLDEST_FIRST";
    private static final String NEWEST_FIRST = "NEWEST_FIRST";
    private static final int MOST_PARALLEL = 1_000;

    private final Backfills backfills;
    private final BackfillStore store;
    private final RunStore runs;
    private final ScheduleReading schedules;
    private final Caller caller;
    private final Once once;
    private final ObjectMapper json;

    BackfillResource(
            Backfills backfills,
            BackfillStore store,
            RunStore runs,
            ScheduleReading schedules,
            Caller caller,
            Once once,
            ObjectMapper json) {
        this.once = once;
        this.json = json;
        this.backfills = backfills;
        this.store = store;
        this.runs = runs;
        this.schedules = schedules;
        this.caller = caller;
    }

    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Page<Backfill> list(@PathParam("schedule") String schedule) {
        ScheduleName name = found(schedule);
        return new Page<>(store.of(name).stream().map(this::view).toList(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Asks(value = Verb.SUBMIT, of = Resource.Kind.SCHEDULE, seesForItself = true)
    @APIResponseSchema(value = Backfill.class, responseCode = "201")
    public Response fill(
            @PathParam("schedule") String schedule,
            @QueryParam("validateOnly") @Nullable String validateOnly,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema =
                                                    @org.eclipse.microprofile.openapi.annotations.media.Schema(
                                                            implementation = Backfill.class)))
                    Body<Backfill> body) {
        boolean dry = Parameters.flag("validateOnly", validateOnly);
        ScheduleName name = found(schedule);
        Backfills.Asked asked = asked(body.value());
        String actor = caller.actor().name();
        Answer told = once.of(
                actor, dry ? null : IdempotencyKey.of(key, "schedules/" + name + "/backfills", body.hash()), () -> {
                    Backfills.Made made = backfills.fill(name, asked, actor, dry);
                    Map<RunState, Integer> counts = dry ? Map.of() : Map.of(RunState.WAITING, made.runs());
                    return new Answer(
                            dry ? 200 : 201, null, AnswerText.of(view(made.backfill(), made.runs(), counts), json));
                });
        return Response.status(told.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(told.body())
                .build();
    }

    @GET
    @Path("{number: \\d+}")
    @Asks(value = Verb.READ, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Backfill get(@PathParam("schedule") String schedule, @PathParam("number") String number) {
        return view(find(found(schedule), number));
    }

    @POST
    @Path("{number: \\d+}:cancel")
    @Asks(value = Verb.CANCEL, of = Resource.Kind.SCHEDULE, seesForItself = true)
    public Backfill cancel(@PathParam("schedule") String schedule, @PathParam("number") String number) {
        ScheduleName name = found(schedule);
        int found = find(name, number).number();
        backfills.cancel(name, found, caller.actor().name());
        return view(find(name, number));
    }

    /** The schedule, where the caller may do this with it. */
    private ScheduleName found(String schedule) {
        return schedules.found(ScheduleResource.name(schedule)).value().name();
    }

    private dev.muster.schedule.Backfill find(ScheduleName name, String number) {
        return Optional.of(number)
                .filter(text -> text.length() < 10)
                .flatMap(text -> store.find(name, Integer.parseInt(text)))
                .orElseThrow(() -> MusterException.notFound("backfill of schedule " + name, number));
    }

    private static Backfills.Asked asked(Backfill sent) {
        Faults faults = new Faults();
        Place place = Place.root(faults);
        if (sent.from() == null) {
            place.at("from").required("a time: ticks after it are filled");
        }
        if (sent.to() == null) {
            place.at("to").required("a time: ticks up to it are filled");
        }
        if (sent.from() != null && sent.to() != null && !sent.from().isBefore(sent.to())) {
            place.at("to").bad(sent.to(), "a time after from, " + sent.from());
        }
        int parallel = Objects.requireNonNullElse(sent.maxParallel(), 1);
        place.at("maxParallel").between(parallel, 1, MOST_PARALLEL);
        String order = Objects.requireNonNullElse(sent.order(), OLDEST_FIRST);
        if (!order.equals(OLDEST_FIRST) && !order.equals(NEWEST_FIRST)) {
            place.at("order").bad(order, "%s or %s".formatted(OLDEST_FIRST, NEWEST_FIRST));
        }
        faults.refuseIfAny();
        return new Backfills.Asked(
                sent.from(), sent.to(), parallel, order.equals(NEWEST_FIRST), Boolean.TRUE.equals(sent.again()));
    }

    private Backfill view(dev.muster.schedule.Backfill backfill) {
        Map<RunState, Integer> counts = runs.counts(backfill.schedule(), backfill.number());
        return view(
                backfill, counts.values().stream().mapToInt(Integer::intValue).sum(), counts);
    }

    private static Backfill view(dev.muster.schedule.Backfill backfill, int all, Map<RunState, Integer> counts) {
        return new Backfill(
                backfill.from(),
                backfill.to(),
                backfill.maxParallel(),
                backfill.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST,
                backfill.again() ? true : null,
                backfill.number(),
                all,
                ScheduleWords.counts(counts),
                backfill.actor(),
                backfill.createdAt(),
                backfill.cancelledAt());
    }
}
