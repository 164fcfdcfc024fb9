package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fit.Supply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class TakerLinesTest {
    private static TakersByGroup takers(World world, Sieve sieve) {
        return sieve.takers(world.snapshot.now(), null);
    }

    private static World world(long seed) {
        Situation situation = RandomSituation.crowded(seed, 6);
        if (seed % 3 == 0) {
            situation.settings(situation.settings.with(new PlanSettings.Aging(2, 10)));
        }
        return World.of(situation.snapshot());
    }

    private static List<PendingJob> jobs(List<Entry> entries) {
        List<PendingJob> jobs = new ArrayList<>();
        entries.forEach(entry -> jobs.add(entry.job()));
        return jobs;
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void each_queue_comes_in_the_order_in_which_it_would_be_sorted(@ForAll long seed) {
        World world = world(seed);
        Sieve sieve = new Sieve(world, new Groups(world), new Acts(world), new Supply(world.room), 1);
        TakerLines lines = new TakerLines(world, sieve, takers(world, sieve), number -> number % 5 > 0);
        List<List<PendingJob>> naive = new ArrayList<>();
        for (int q = 0; q < world.ledger.queues(); q++) {
            naive.add(new ArrayList<>());
        }
        lines.all().forEach(entry -> naive.get(entry.queue()).add(entry.job()));
        naive.forEach(line -> line.sort(world.insideAQueue));
        Random random = new Random(seed);
        while (lines.left() > 0) {
            int queue = random.nextInt(naive.size());
            List<PendingJob> line = naive.get(queue);
            assertThat(lines.isEmpty(queue)).isEqualTo(line.isEmpty());
            Entry first = lines.first(queue);
            if (first != null) {
                assertThat(first.job()).isSameAs(line.remove(0));
                lines.removeFirst(queue);
            }
            assertThat(jobs(lines.all()))
                    .containsExactlyInAnyOrderElementsOf(
                            naive.stream().flatMap(List::stream).toList());
            TakerLines few = lines.only(world, number -> number % 2 == 0);
            assertThat(jobs(few.all()))
                    .containsExactlyInAnyOrderElementsOf(jobs(lines.all().stream()
                            .filter(entry -> entry.number() % 2 == 0)
                            .toList()));
        }
        assertThat(naive).allMatch(List::isEmpty);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void the_least_lots_win_whoever_draws_first(@ForAll long seed) {
        World world = world(seed);
        Sieve sieve = new Sieve(world, new Groups(world), new Acts(world), new Supply(world.room), 1);
        TakersByGroup takers = takers(world, sieve);
        Lots lots = new Lots(world.snapshot.now().plusSeconds(Math.floorMod(seed, 100)));
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < takers.size(); i++) {
            numbers.add(takers.number(i));
        }
        numbers.sort(Comparator.comparingLong(number -> lots.draw(Lots.of((PendingJob) takers.first(number)))));
        int most = (int) Math.floorMod(seed, 7L);
        assertThat(takers.winners(lots, most))
                .containsExactly(
                        numbers.stream().limit(most).mapToInt(number -> number).toArray());
    }
}
