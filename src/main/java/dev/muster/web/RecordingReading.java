package dev.muster.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.RecordedJob;
import dev.muster.api.RecordedJob.RecordedRole;
import dev.muster.api.RecordedSupply;
import dev.muster.api.Recording;
import dev.muster.cycle.Board;
import dev.muster.postgres.PastJobs;
import dev.muster.postgres.PastJobs.PastJob;
import dev.muster.postgres.SupplyStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.scenario.ScenarioText;
import dev.muster.rehearsal.Places;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in some span of time, line by line: written as it is read, so that its length does not matter. */
@ApplicationScoped
public class RecordingReading {
    private static final int BATCH = 1_000;

    private final Board board;
    private final PastJobs jobs;
    private final SupplyStore supply;
    private final ObjectMapper json;

    RecordingReading(Board board, PastJobs jobs, SupplyStore supply, ObjectMapper json) {
        this.board = board;
        this.jobs = jobs;
        this.supply = supply;
        this.json = json;
    }

    /** @throws MusterException where nothing has been planned yet: then nobody knows the nodes */
    Snapshot cluster() {
        return board.view().orElseThrow(MusterException::notPlannedYet).snapshot();
    }

    /** {@code now} ends the runs of those that still run. */
    void write(Snapshot cluster, Instant from, Instant to, Instant now, OutputStream out) throws IOException {
        Snapshot empty = new Snapshot(
                cluster.now(), cluster.queues(), cluster.nodes(), List.of(), List.of(), cluster.settings());
        String story = "the cluster as it was at " + cluster.now();
        line(out, new Recording(Recording.KIND, Recording.VERSION, from, to, ScenarioText.of(story, empty)));
        for (SupplyStore.Supply each : supply.between(from, to)) {
            line(
                    out,
                    new RecordedSupply(
                            RecordedSupply.KIND,
                            later(from, each.at()),
                            each.pool().value(),
                            each.nodes()));
        }
        Places places = new Places(cluster.nodes());
        Instant end = to.isBefore(now) ? to : now;
        String after = "";
        for (List<PastJob> page = jobs.between(from, to, after, BATCH);
                !page.isEmpty();
                page = jobs.between(from, to, after, BATCH)) {
            for (PastJob job : page) {
                line(out, recorded(job, from, end, places));
            }
            after = page.get(page.size() - 1).id().value();
        }
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write((json.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static RecordedJob recorded(PastJob job, Instant from, Instant end, Places places) {
        return new RecordedJob(
                RecordedJob.KIND,
                later(from, job.submittedAt()),
                job.id().value(),
                job.team().value(),
                job.queue().value(),
                job.priority(),
                job.mayPreempt(),
                job.roles().stream()
                        .map(role -> new RecordedRole(
                                role.name().value(),
                                role.minimum(),
                                role.maximum(),
                                role.pod().resources().asMap(),
                                places.of(role).stream().map(PoolName::value).toList()))
                        .toList(),
                job.state(),
                seconds(job, from, end),
                job.maxRunTime() == null ? null : job.maxRunTime().toMillis() / 1000.0);
    }

    private static @Nullable Double seconds(PastJob job, Instant from, Instant end) {
        if (job.startedAt() == null) {
            return null;
        }
        Instant until = job.finishedAt() == null ? end : job.finishedAt();
        long ran = Duration.between(later(from, job.startedAt()), until).toMillis();
        return Math.max(0, ran) / 1000.0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
