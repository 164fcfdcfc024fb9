package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.simulation.journal.WordReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the records that {@link FactWriter} wrote. */
final class FactReader {
    private FactReader() {}

    /** @throws IllegalArgumentException where the record is none of ours */
    static Fact read(String record) {
        WordReader in = new WordReader(record);
        String kind = in.word();
        Instant at = in.instant();
        return switch (kind) {
            case "pools" -> new Fact.Declared(at, in.all(() -> pool(in)));
            case "launch" -> new Fact.Launched(at, GangWords.readGang(in));
            case "bind" -> bound(in, at);
            case "release" -> new Fact.Released(at, AttemptId.parse(in.word()));
            case "node" ->
                new Fact.Marked(at, new NodeName(in.word()), NodeCondition.valueOf(in.word()), in.duration());
            case "grow" -> new Fact.Grown(at, AttemptId.parse(in.word()), in.all(() -> single(in)));
            case "replace" -> new Fact.Replaced(at, AttemptId.parse(in.word()), in.all(() -> single(in)));
            case "seat" -> new Fact.Seated(at, GangWords.readPod(in), new NodeName(in.word()), in.flag());
            case "shrink" -> new Fact.Shrunk(at, AttemptId.parse(in.word()), in.all(() -> GangWords.readPod(in)));
            case "begin" -> new Fact.Began(at, GangWords.readPod(in));
            case "end" ->
                new Fact.Finished(
                        at,
                        GangWords.readPod(in),
                        PodPhase.valueOf(in.word()),
                        in.instantOrNull(),
                        in.numberOrNull(),
                        PodEnd.valueOf(in.word()),
                        in.word());
            case "time" -> new Fact.Passed(at);
            default -> throw new IllegalArgumentException("Unknown kind of record '%s'".formatted(kind));
        };
    }

    private static SimulatedPool pool(WordReader in) {
        return new SimulatedPool(
                new PoolName(in.word()),
                in.number(),
                GangWords.readResources(in),
                in.map(),
                in.all(() -> new Taint(in.word(), in.word(), TaintEffect.valueOf(in.word()))),
                in.number(),
                in.flag());
    }

    private static ElasticPod single(WordReader in) {
        return new ElasticPod(
                new RoleName(in.word()), in.number(), new PoolName(in.word()), GangWords.readTemplate(in));
    }

    private static Fact.Bound bound(WordReader in, Instant at) {
        AttemptId attempt = AttemptId.parse(in.word());
        List<NodeName> nodes = in.all(() -> new NodeName(in.word()));
        Set<PoolName> local = in.words().stream().map(PoolName::new).collect(Collectors.toUnmodifiableSet());
        return new Fact.Bound(at, attempt, nodes, local);
    }
}
