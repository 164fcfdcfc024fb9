package dev.muster.simulation.market;

import dev.muster.simulation.event.Chance;
import java.util.ArrayList;
import java.util.List;

/** How many nodes of an offering exist for us, over time. */
public sealed interface Market {
    /** Never fewer than anybody asks. */
    Market ENDLESS = new Plain(List.of(new Step(0, Integer.MAX_VALUE)));

    /** The course of one run. */
    Steps over(long until, Chance chance);

    /** From then on so many. */
    record Step(long at, int nodes) {}

    /** As it was written down; the first step is at 0. */
    record Plain(List<Step> steps) implements Market {
        public Plain {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || steps.get(0).at() != 0) {
                throw new IllegalArgumentException("The first step must be at 0");
            }
        }

        @Override
        public Steps over(long until, Chance chance) {
            return Steps.of(steps);
        }
    }

    /** A recording, one value each {@code gap} milliseconds from {@code from}, each times {@code scale}; begun again at its end. */
    record Recorded(long gap, List<Integer> values, int scale, long from) implements Market {
        public Recorded {
            values = List.copyOf(values);
            if (gap < 1 || values.isEmpty() || scale < 1 || from < 0) {
                throw new IllegalArgumentException("A recording needs values, a gap, a scale of 1 or more");
            }
        }

        @Override
        public Steps over(long until, Chance chance) {
            List<Step> steps = new ArrayList<>();
            long first = from / gap;
            int last = -1;
            for (long i = 0; i * gap <= until; i++) {
                int value = values.get((int) ((first + i) % values.size())) * scale;
                if (value != last) {
                    steps.add(new Step(i * gap, value));
                    last = value;
                }
            }
            return Steps.of(steps);
        }
    }

    /** Storms by lot: {@code every} so often on average only {@code left} nodes are there, for {@code lasts} on average. */
    record Storms(int nodes, int left, long every, long lasts) implements Market {
        public Storms {
            if (nodes < 0 || left < 0 || left > nodes || every < 1 || lasts < 1) {
                throw new IllegalArgumentException("Bad storms: expected 0 ≤ left ≤ nodes, every and lasts above 0");
            }
        }

        @Override
        public Steps over(long until, Chance chance) {
            List<Step> steps = new ArrayList<>(List.of(new Step(0, nodes)));
            for (double at = chance.waitFor(every); at <= until; at += chance.waitFor(every)) {
                steps.add(new Step((long) at, left));
                at += chance.waitFor(lasts);
                steps.add(new Step((long) at, nodes));
            }
            return Steps.of(steps);
        }
    }
}
