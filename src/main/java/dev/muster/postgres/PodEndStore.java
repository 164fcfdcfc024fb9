package dev.muster.postgres;

import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How pods ended whose places others may have taken since. Written once for each, and deleted with their attempt. */
@ApplicationScoped
public class PodEndStore {
    private static final Json.Reader<PodStatus> STATUS = Json.reader(PodStatus.class);
    private static final String INSERT = """
            insert into pod_end (job, attempt, pod, status)
            select job, number, ?, ?::jsonb from attempt where job = ? and number = ?
            on conflict do nothing""";

    private final Sql sql;

    PodEndStore(Sql sql) {
        this.sql = sql;
    }

    /** By what the cluster calls the pods; what is known already stays as it is. */
    @Transactional
    public void add(Map<String, PodStatus> ends) {
        sql.batch(
                INSERT,
                ends.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
                (row, end) -> row.text(end.getKey())
                        .json(end.getValue())
                        .text(end.getValue().pod().attempt().job())
                        .number(end.getValue().pod().attempt().number()));
    }

    /** In the order of what the cluster calls the pods. */
    @Transactional
    public SortedMap<String, PodStatus> byPod(AttemptId attempt) {
        SortedMap<String, PodStatus> ends = new TreeMap<>();
        sql.each(
                "select pod, status from pod_end where job = ? and attempt = ?",
                row -> ends.put(row.getString(1), STATUS.read(row.getString(2))),
                attempt.job(),
                attempt.number());
        return ends;
    }
}
