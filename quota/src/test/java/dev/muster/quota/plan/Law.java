package dev.muster.quota.plan;

import dev.muster.quota.scenario.ScenarioText;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Something that holds of every snapshot. A counterexample is made as small as it gets before it is shown. */
interface Law extends Consumer<Situation> {
    /** The same cases in every build, so that a red build is the change's doing; -Dmuster.laws.salt=N tries others. */
    String SEED = "20261121";

    static void holds(long seed, int size, Law law) {
        holds(RandomSituation.of(seed, size), law);
    }

    static void holds(Situation situation, Law law) {
        AssertionError broken = failure(law, situation);
        if (broken == null) {
            return;
        }
        boolean smaller = true;
        while (smaller) {
            smaller = shrink(law, situation, s -> s.pending)
                    | shrink(law, situation, s -> s.live)
                    | shrink(law, situation, s -> s.nodes)
                    | shrink(law, situation, s -> s.queues);
        }
        throw new AssertionError(show(situation), failure(law, situation));
    }

    private static AssertionError failure(Law law, Situation situation) {
        try {
            law.accept(situation);
            return null;
        } catch (AssertionError e) {
            return e;
        } catch (RuntimeException e) {
            return new AssertionError(e);
        }
    }

    private static <T> boolean shrink(Law law, Situation situation, Function<Situation, List<T>> part) {
        boolean smaller = false;
        List<T> list = part.apply(situation);
        for (int i = list.size() - 1; i >= 0; i--) {
            T removed = list.remove(i);
            if (failure(law, situation) == null) {
                list.add(i, removed);
            } else {
                smaller = true;
            }
        }
        return smaller;
    }

    /** As a file for {@code muster plan}. */
    private static String show(Situation situation) {
        return "the law does not hold of\n" + ScenarioText.of("a counterexample", situation.snapshot());
    }
}
