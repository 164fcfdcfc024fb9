package dev.muster.postgres;

import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * From when until when attempts held each of their pods above the minimum: written with the move that makes it so, as an attempt
 * keeps only those that it has.
 */
final class ElasticPodRows {
    private static final String BEGIN = """
            insert into elastic_pod (job, attempt, role, index, pool, since) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";
    private static final String END = """
            update elastic_pod set until = greatest(?, since)
            where job = ? and attempt = ? and role = ? and index = ? and until is null""";

    private final Sql sql;

    ElasticPodRows(Sql sql) {
        this.sql = sql;
    }

    private record Key(RoleName role, int index) {
        static Set<Key> of(ElasticPods elastic) {
            Set<Key> keys = new HashSet<>();
            elastic.pods().forEach(pod -> keys.add(new Key(pod.role(), pod.index())));
            return keys;
        }
    }

    private record Change(AttemptId attempt, ElasticPods.Pod pod, Instant at) {}

    /** Writes which pods begin and end with these moves; most moves have none. */
    void follow(List<AttemptMove> moves) {
        List<Change> begun = new ArrayList<>();
        List<Change> ended = new ArrayList<>();
        for (AttemptMove move : moves) {
            ElasticPods before = move.before().elastic();
            Attempt after = move.after();
            boolean ends = after.state() == AttemptState.ENDED;
            if (before.isEmpty() && after.elastic().isEmpty() || !ends && before.equals(after.elastic())) {
                continue;
            }
            Set<Key> were = Key.of(before);
            Set<Key> are = ends ? Set.of() : Key.of(after.elastic());
            after.elastic().pods().stream()
                    .filter(pod -> !were.contains(new Key(pod.role(), pod.index())))
                    .forEach(pod -> begun.add(new Change(after.id(), pod, move.at())));
            before.pods().stream()
                    .filter(pod -> !are.contains(new Key(pod.role(), pod.index())))
                    .forEach(pod -> ended.add(new Change(after.id(), pod, move.at())));
        }
        sql.batch(BEGIN, begun, (row, change) -> row.text(change.attempt().job())
                .number(change.attempt().number())
                .text(change.pod().role())
                .number(change.pod().index())
                .text(change.pod().pool())
                .instant(change.at()));
        sql.batch(END, ended, (row, change) -> row.instant(change.at())
                .text(change.attempt().job())
                .number(change.attempt().number())
                .text(change.pod().role())
                .number(change.pod().index()));
    }
}
