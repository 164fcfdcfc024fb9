package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.muster.api.Backfill;
import dev.muster.api.Page;
import dev.muster.api.Schedule;
import dev.muster.api.SchedulePause;
import dev.muster.api.ScheduleRun;
import dev.muster.api.ScheduleTick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What schedules do and did: ticks to come, runs, backfills; pause, resume, run now. */
public final class Timetable {
    private static final String SCHEDULES = "schedules";
    private static final JavaType TICKS = page(new TypeReference<Page<ScheduleTick>>() {});
    private static final JavaType RUNS = page(new TypeReference<Page<ScheduleRun>>() {});
    private static final JavaType BACKFILLS = page(new TypeReference<Page<Backfill>>() {});

    private final Exchange exchange;

    Timetable(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The next {@code count} ticks after {@code from} (null: now). */
    public List<ScheduleTick> next(String schedule, int count, @Nullable Instant from) {
        Query path =
                Query.path(SCHEDULES, schedule, "next").with("count", count).with("from", from);
        return exchange.call("GET", path).<Page<ScheduleTick>>as(TICKS).items();
    }

    /** Its newest runs, newest first, at most {@code most}. */
    public List<ScheduleRun> runs(String schedule, int most) {
        List<ScheduleRun> runs = new ArrayList<>();
        String token = null;
        do {
            Query path = Query.path(SCHEDULES, schedule, "runs")
                    .with("pageSize", Math.min(500, most))
                    .with("pageToken", token);
            Page<ScheduleRun> page = exchange.call("GET", path).as(RUNS);
            runs.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null && runs.size() < most);
        return runs.size() > most ? List.copyOf(runs.subList(0, most)) : runs;
    }

    /** Makes no runs of its ticks until it is resumed. */
    public Schedule pause(String schedule, String why) {
        return exchange.call("POST", Query.path(SCHEDULES, schedule).verb("pause"))
                .body(new SchedulePause(why))
                .repeatable()
                .as(Schedule.class);
    }

    public Schedule resume(String schedule) {
        return exchange.call("POST", Query.path(SCHEDULES, schedule).verb("resume"))
                .repeatable()
                .as(Schedule.class);
    }

    /** Runs the newest interval that is over. */
    public ScheduleRun run(String schedule) {
        return exchange.call("POST", Query.path(SCHEDULES, schedule).verb("run"))
                .header("Idempotency-Key", Jobs.newKey())
                .repeatable()
                .as(ScheduleRun.class);
    }

    public Backfill fill(String schedule, Backfill backfill, boolean validateOnly) {
        Query path = Query.path(SCHEDULES, schedule, "backfills").with("validateOnly", validateOnly ? true : null);
        return exchange.call("POST", path)
                .header("Idempotency-Key", Jobs.newKey())
                .body(backfill)
                .repeatable()
                .as(Backfill.class);
    }

    /** Newest first. */
    public List<Backfill> backfills(String schedule) {
        return exchange.call("GET", Query.path(SCHEDULES, schedule, "backfills"))
                .<Page<Backfill>>as(BACKFILLS)
                .items();
    }

    public Backfill backfill(String schedule, int number) {
        return exchange.call("GET", Query.path(SCHEDULES, schedule, "backfills", Integer.toString(number)))
                .as(Backfill.class);
    }

    /** Drops the runs that wait; those that have started go on. */
    public Backfill cancelBackfill(String schedule, int number) {
        return exchange.call(
                        "POST",
                        Query.path(SCHEDULES, schedule, "backfills", Integer.toString(number))
                                .verb("cancel"))
                .repeatable()
                .as(Backfill.class);
    }

    private static JavaType page(TypeReference<?> type) {
        return Exchange.mapper().constructType(type);
    }
}
