package dev.muster.simulation.fill;

import dev.muster.simulation.measure.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Several scorings, each on the same orders of arrival. */
public final class Comparison {
    private final List<FillNode> nodes;
    private final List<FillPod> pods;
    private final List<Scoring> scorings;
    private final double times;
    private final int seeds;
    private final List<Filled> outcomes = new ArrayList<>();

    public Comparison(List<FillNode> nodes, List<FillPod> pods, List<Scoring> scorings, double times, int seeds) {
        this.nodes = List.copyOf(nodes);
        this.pods = List.copyOf(pods);
        this.scorings = List.copyOf(scorings);
        this.times = times;
        this.seeds = seeds;
    }

    public void run(Consumer<String> progress) {
        for (int seed = 1; seed <= seeds; seed++) {
            for (Scoring scoring : scorings) {
                progress.accept("%s, order %d of %d".formatted(scoring.name(), seed, seeds));
                outcomes.add(new Filling(nodes, pods, scoring, times, seed).run());
            }
        }
    }

    public int gpus() {
        return nodes.stream().mapToInt(FillNode::gpus).sum();
    }

    public List<String> scorings() {
        return scorings.stream().map(Scoring::name).toList();
    }

    public List<Filled> outcomes() {
        return List.copyOf(outcomes);
    }

    /** The figures of a table, as far as arrivals go. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int percent : new int[] {80, 90, 100, 130}) {
            double arrived = percent / 100.0;
            if (arrived <= times) {
                rows.add(new Row(
                        "given at %d %%".formatted(percent),
                        run -> 100 * run.at(arrived).given()));
            }
        }
        double end = Math.min(1, times);
        rows.add(new Row(
                "useless at 90 %, of idle",
                run -> 100 * run.at(Math.min(0.9, times)).uselessOfIdle()));
        rows.add(new Row("no node at 100 %, pods", run -> run.at(end).failed()));
        rows.add(new Row("– of several GPUs", run -> run.at(end).failedWide()));
        rows.add(new Row("– of so many that came", run -> run.at(end).wide()));
        rows.add(new Row("first without a node at", run -> 100 * run.firstFailure()));
        return rows;
    }

    /** One figure of every scoring, over the orders of arrival. */
    public final class Row {
        private final String words;
        private final ToDoubleFunction<Filled> figure;

        private Row(String words, ToDoubleFunction<Filled> figure) {
            this.words = words;
            this.figure = figure;
        }

        public String words() {
            return words;
        }

        public Estimate of(String scoring) {
            return Estimate.of(outcomes.stream()
                    .filter(run -> run.scoring().equals(scoring))
                    .map(figure::applyAsDouble)
                    .toList());
        }
    }
}
