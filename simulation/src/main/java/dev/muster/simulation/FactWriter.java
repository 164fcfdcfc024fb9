package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.simulation.journal.WordWriter;

/** A fact as a record of the journal; {@link FactReader} reads it back. */
final class FactWriter implements Fact.Reader {
    private final WordWriter out = new WordWriter();

    private FactWriter() {}

    static String write(Fact fact) {
        FactWriter writer = new FactWriter();
        fact.to(writer);
        return writer.out.toString();
    }

    @Override
    public void declared(Fact.Declared fact) {
        out.word("pools").instant(fact.at()).all(fact.pools(), this::pool);
    }

    private void pool(SimulatedPool pool) {
        out.word(pool.name().value()).number(pool.nodes());
        GangWords.write(out, pool.allocatable());
        out.map(pool.labels()).all(pool.taints(), taint -> out.word(taint.key())
                .word(taint.value())
                .word(taint.effect().name()));
        out.number(pool.maxPods()).flag(pool.localProcesses());
    }

    @Override
    public void launched(Fact.Launched fact) {
        out.word("launch").instant(fact.at());
        GangWords.write(out, fact.gang());
    }

    @Override
    public void bound(Fact.Bound fact) {
        out.word("bind")
                .instant(fact.at())
                .word(fact.attempt().toString())
                .words(fact.nodes().stream().map(NodeName::value).toList())
                .words(fact.local().stream().map(PoolName::value).sorted().toList());
    }

    @Override
    public void grown(Fact.Grown fact) {
        out.word("grow").instant(fact.at()).word(fact.attempt().toString()).all(fact.pods(), this::single);
    }

    @Override
    public void replaced(Fact.Replaced fact) {
        out.word("replace").instant(fact.at()).word(fact.attempt().toString()).all(fact.pods(), this::single);
    }

    private void single(ElasticPod pod) {
        out.word(pod.role().value()).number(pod.index()).word(pod.pool().value());
        GangWords.write(out, pod.template());
    }

    @Override
    public void seated(Fact.Seated fact) {
        out.word("seat").instant(fact.at());
        GangWords.write(out, fact.pod());
        out.word(fact.node().value()).flag(fact.local());
    }

    @Override
    public void shrunk(Fact.Shrunk fact) {
        out.word("shrink")
                .instant(fact.at())
                .word(fact.attempt().toString())
                .all(fact.pods(), pod -> GangWords.write(out, pod));
    }

    @Override
    public void released(Fact.Released fact) {
        out.word("release").instant(fact.at()).word(fact.attempt().toString());
    }

    @Override
    public void marked(Fact.Marked fact) {
        out.word("node")
                .instant(fact.at())
                .word(fact.node().value())
                .word(fact.condition().name())
                .duration(fact.notice());
    }

    @Override
    public void began(Fact.Began fact) {
        out.word("begin").instant(fact.at());
        GangWords.write(out, fact.pod());
    }

    @Override
    public void finished(Fact.Finished fact) {
        out.word("end").instant(fact.at());
        GangWords.write(out, fact.pod());
        out.word(fact.phase().name())
                .instant(fact.startedAt())
                .number(fact.exitCode())
                .word(fact.cause().name())
                .word(fact.message());
    }

    @Override
    public void passed(Fact.Passed fact) {
        out.word("time").instant(fact.at());
    }
}
