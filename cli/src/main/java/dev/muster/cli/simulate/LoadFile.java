package dev.muster.cli.simulate;

import dev.muster.cli.scenario.Amounts;
import dev.muster.cli.scenario.Part;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.Arrivals;
import dev.muster.simulation.load.Drawn;
import dev.muster.simulation.load.Kind;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.Sizes;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What arrives in a simulation: {@code kind: SimulatedWorkload}, kinds of jobs by name, drawn by lot. */
public final class LoadFile {
    private static final List<String> JOBS = List.of(
            "teams",
            "arrivals",
            "gang",
            "most",
            "driver",
            "pools",
            "poolOfTeam",
            "runs",
            "stages",
            "told",
            "priority",
            "preempts",
            "patience",
            "retries",
            "fails",
            "saves");
    private static final int MOST_PODS = 100_000;
    private static final long DAY = 86_400_000;

    private final SiteSpec site;

    private LoadFile(SiteSpec site) {
        this.site = site;
    }

    /** @throws dev.muster.cli.BadInput where it is wrong: with line, column and what was expected */
    public static Load read(Path file, SiteSpec site) {
        Words words = Words.read(file, "SimulatedWorkload", List.of("lasts", "until", "jobs"));
        if (!words.has("jobs") || !words.has("lasts")) {
            throw words.part("kind").wrong("the workload needs 'lasts' and 'jobs'", "Expected such as 'lasts: 24h'.");
        }
        long lasts = words.length("lasts", DAY);
        List<Kind> kinds = new ArrayList<>();
        LoadFile reader = new LoadFile(site);
        words.part("jobs").entries().forEach((name, part) -> kinds.add(reader.kind(name, part)));
        if (kinds.isEmpty()) {
            throw words.part("jobs").wrong("the workload has no jobs");
        }
        return new Drawn(kinds, lasts, words.length("until", lasts));
    }

    private Kind kind(String name, Part part) {
        part.as(QueueName::new, name);
        List<String> known = new ArrayList<>(JOBS);
        known.addAll(Amounts.WORDS);
        known.add("others");
        Map<String, Part> fields = part.fields(known, Amounts::isResource);
        Words words = new Words(fields);
        Resources pod = Amounts.among(fields);
        if (!words.has("arrivals") || pod.isZero()) {
            throw part.wrong(
                    "%s needs 'arrivals', and what a pod asks".formatted(part.path()),
                    "Expected such as 'arrivals: {perDay: 72}' and 'cpu: 4'.");
        }
        if (words.has("runs") == words.has("stages")) {
            throw part.wrong(
                    "%s needs either 'runs' or 'stages'".formatted(part.path()),
                    "Expected such as 'runs: 30m' or 'stages: [{width: 20, lasts: 10m}, {width: 1, lasts: 1h}]'.");
        }
        Words driver = words.has("driver") ? driver(words.part("driver")) : null;
        return new Kind(
                name,
                words.whole("teams", 1, 10_000, 1),
                arrivals(words.part("arrivals")),
                words.has("gang") ? sizes(words.part("gang")) : Sizes.always(1),
                words.whole("most", 1, MOST_PODS, 1),
                pod,
                words.has("pools") ? pools(words.part("pools")) : Set.of(),
                words.has("poolOfTeam") ? poolOfTeam(words) : null,
                driver == null ? null : Amounts.among(driver.fields()),
                driver != null && driver.has("pools") ? pools(driver.part("pools")) : Set.of(),
                words.latency("runs", Latency.always(0)),
                words.has("stages") ? stages(words.part("stages")) : List.of(),
                words.number("told", 0, 1_000, 0),
                words.whole("priority", -1_000_000, 1_000_000, 2),
                words.flag("preempts", false),
                words.length("patience", 0),
                words.whole("retries", 0, 1_000, 3),
                words.number("fails", 0, 1, 0),
                words.length("saves", 0));
    }

    private static Words driver(Part part) {
        List<String> known = new ArrayList<>(Amounts.WORDS);
        known.addAll(List.of("others", "pools"));
        return new Words(part.fields(known, Amounts::isResource));
    }

    private Set<PoolName> pools(Part part) {
        Set<PoolName> named = new TreeSet<>();
        List<String> known =
                site.pools().stream().map(PoolSpec::name).map(PoolName::value).toList();
        for (Part each : part.isList() ? part.items() : List.of(part)) {
            named.add(new PoolName(each.word(known)));
        }
        return named;
    }

    /** Every team must have its pool. */
    private String poolOfTeam(Words words) {
        String base = words.part("poolOfTeam").text();
        for (int team = 0; team < words.whole("teams", 1, 10_000, 1); team++) {
            String name = base + "-" + team;
            if (site.pools().stream().noneMatch(pool -> pool.name().value().equals(name))) {
                throw words.part("poolOfTeam")
                        .wrong(
                                "there is no pool %s in the cluster".formatted(name),
                                "Expected 'each: N' of pool " + base + ", N as many as teams.");
            }
        }
        return base;
    }

    private static Arrivals arrivals(Part part) {
        Words words = new Words(part.fields("perDay", "swing", "peak", "burst", "at", "over", "every"));
        if (words.has("perDay") == words.has("burst")) {
            throw part.wrong(
                    "%s needs either 'perDay' or 'burst'".formatted(part.path()),
                    "Expected such as {perDay: 72}, {perDay: 72, swing: 0.5, peak: 14h} or {burst: 160, at: 1h, over: 5m}.");
        }
        return words.has("perDay")
                ? new Arrivals.Random(
                        words.number("perDay", 0, 10_000_000, 0),
                        words.number("swing", 0, 1, 0),
                        words.length("peak", DAY / 2))
                : new Arrivals.Burst(
                        words.whole("burst", 1, 1_000_000, 1),
                        words.length("at", 0),
                        words.length("over", 0),
                        words.length("every", 0));
    }

    /** One size, or weights by size: {@code {1: 0.5, 16: 0.5}}. */
    private static Sizes sizes(Part part) {
        if (!part.isMapping()) {
            return Sizes.always(part.whole(1, MOST_PODS));
        }
        TreeMap<Integer, Double> weights = new TreeMap<>();
        part.entries()
                .forEach((size, weight) ->
                        weights.put(part.key(size).whole(1, MOST_PODS), Words.number(weight, 0, 1_000_000)));
        if (weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            throw part.wrong("%s has no weight above 0".formatted(part.path()));
        }
        return new Sizes(weights);
    }

    private static List<Kind.Part> stages(Part part) {
        List<Kind.Part> stages = new ArrayList<>();
        for (Part item : part.items()) {
            Words words = new Words(item.fields("width", "lasts"));
            if (!words.has("width") || !words.has("lasts")) {
                throw item.wrong("%s needs 'width' and 'lasts'".formatted(item.path()));
            }
            stages.add(new Kind.Part(words.whole("width", 1, MOST_PODS, 1), words.length("lasts", 0)));
        }
        if (stages.isEmpty()) {
            throw part.wrong("%s is empty".formatted(part.path()));
        }
        return stages;
    }
}
