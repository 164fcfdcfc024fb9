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
import dev.muster.rehearsal.Span;
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
        Span span = Span.between(from, to, now);
        Snapshot empty = new Snapshot(
                cluster.now(), cluster.queues(), cluster.nodes(), List.of(), List.of(), cluster.settings());
        String story = "the cluster as it was at " + cluster.now();
        line(out, new Recording(Recording.KIND, Recording.VERSION, from, to, ScenarioText.of(story, empty)));
        for (SupplyStore.Supply each : supply.between(from, to)) {
            line(
                    out,
                    new RecordedSupply(
                            RecordedSupply.KIND, span.at(each.at()), each.pool().value(), each.nodes()));
        }
        Places places = new Places(cluster.nodes());
        String after = "";
        for (List<PastJob> page = jobs.between(from, to, after, BATCH);
                !page.isEmpty();
                page = jobs.between(from, to, after, BATCH)) {
            for (PastJob job : page) {
                line(out, recorded(job, span, places));
            }
            after = page.get(page.size() - 1).id().value();
        }
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write((json.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static RecordedJob recorded(PastJob job, Span span, Places places) {
        return new RecordedJob(
                RecordedJob.KIND,
                span.at(job.submittedAt()),
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
                seconds(span.ran(job)),
                seconds(job.maxRunTime()));
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : time.toMillis() / 1000.0;
    }
}
