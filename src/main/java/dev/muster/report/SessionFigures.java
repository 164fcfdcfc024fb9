package dev.muster.report;

import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.SessionStore;
import dev.muster.session.SessionTallies;
import dev.muster.session.Uses;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of sessions: how many there are, how they ended, what came of calls to them. */
@Singleton
public class SessionFigures extends Collector {
    private final SessionStore store;
    private final SessionTallies tallies;
    private final Uses uses;

    SessionFigures(SessionStore store, SessionTallies tallies, Uses uses) {
        this.store = store;
        this.tallies = tallies;
        this.uses = uses;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> all = new ArrayList<>();
        open(all);
        all.add(new CounterMetricFamily(
                "muster_sessions_idled", "Sessions that ended because nobody used them", tallies.idled()));
        all.add(new CounterMetricFamily(
                "muster_sessions_refused",
                "Submissions refused because somebody has as many sessions as their team lets them",
                tallies.allRefused()));
        CounterMetricFamily calls = new CounterMetricFamily(
                "muster_session_calls", "Calls to sessions by what came of them", List.of("outcome"));
        for (SessionTallies.CallEnd end : SessionTallies.CallEnd.values()) {
            calls.addMetric(List.of(end.name().toLowerCase(Locale.ROOT)), tallies.calls(end));
        }
        all.add(calls);
        all.add(new GaugeMetricFamily(
                "muster_session_calls_open", "Calls to sessions that are open, sockets among them", uses.open()));
        return all;
    }

    /** Nothing while the database is away, which has a figure of its own. */
    private void open(List<MetricFamilySamples> all) {
        GaugeMetricFamily sessions = new GaugeMetricFamily(
                "muster_sessions",
                "Sessions that have not ended: waiting, running, or idle and told that they will end",
                List.of("state"));
        try {
            SessionStore.Open open = store.openNow();
            sessions.addMetric(List.of("waiting"), open.waiting());
            sessions.addMetric(List.of("running"), open.running());
            sessions.addMetric(List.of("idle"), open.idle());
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
        all.add(sessions);
    }
}
