package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fit.Supply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** By the numbers of the table the same jobs take part in a pass as by a look at every job and its group. */
class SieveTest {
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void numbers_find_who_may_start_and_who_waits_first(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) {
        World world = World.of(RandomSituation.of(seed, size).snapshot());
        Groups groups = new Groups(world);
        Acts acts = new Acts(world);
        Sieve sieve = new Sieve(world, groups, acts, new Supply(world.room), 1);

        List<PendingJob> mayStart = jobs(sieve.mayStart());
        List<PendingJob> heads = jobs(sieve.firstOfEachQueueThatWaits());

        assertThat(mayStart)
                .containsExactlyElementsOf(world.snapshot.pending().stream()
                        .filter(job -> mayStart(world, groups, job))
                        .toList());
        Map<Integer, PendingJob> first = new HashMap<>();
        for (PendingJob job : world.snapshot.pending()) {
            if (waits(world, groups, job)) {
                first.merge(group(groups, job).queue, job, (a, b) -> world.insideAQueue.compare(a, b) <= 0 ? a : b);
            }
        }
        boolean couldBePassed =
                !mayStart.isEmpty() && world.snapshot.settings().backfill().depth() > 0;
        assertThat(heads).containsExactlyInAnyOrderElementsOf(couldBePassed ? first.values() : List.of());
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void numbers_find_the_first_of_each_group_that_may_take_from_others(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) {
        World world = World.of(RandomSituation.of(seed, size).snapshot());
        Groups groups = new Groups(world);
        Instant latest = world.snapshot.now().minusSeconds(Math.floorMod(seed, 100));
        Predicate<PendingJob> wanted =
                seed % 2 == 0 ? null : job -> job.traits().mayPreempt();
        Sieve sieve = new Sieve(world, groups, new Acts(world), new Supply(world.room), 1);

        TakersByGroup takers = sieve.takers(latest, wanted);

        Map<Group, PendingJob> first = new HashMap<>();
        for (PendingJob job : world.snapshot.pending()) {
            Group group = group(groups, job);
            if (groups.isOpen(group)
                    && !mayStart(world, groups, job)
                    && !job.since().isAfter(latest)
                    && (wanted == null || wanted.test(job))) {
                first.merge(group, job, (a, b) -> world.takers().compare(a, b) <= 0 ? a : b);
            }
        }
        TakerLines lines = new TakerLines(world, sieve, takers, number -> true);
        assertThat(jobs(lines.all())).containsExactlyInAnyOrderElementsOf(first.values());
        assertThat(takers.size()).isEqualTo(first.size());
        first.forEach(
                (group, job) -> assertThat(takers.isFirst(group.number, job)).isTrue());
    }

    private static List<PendingJob> jobs(List<Entry> entries) {
        List<PendingJob> jobs = new ArrayList<>();
        entries.forEach(entry -> jobs.add(entry.job()));
        return jobs;
    }

    private static Group group(Groups groups, PendingJob job) {
        Entry entry = groups.find(job.id());
        assertThat(entry).isNotNull();
        return entry.group();
    }

    private static boolean mayStart(World world, Groups groups, PendingJob job) {
        Group group = group(groups, job);
        return isInQuota(world, groups, group) && world.packer.mayFit(group.shape);
    }

    private static boolean waits(World world, Groups groups, PendingJob job) {
        Group group = group(groups, job);
        return isInQuota(world, groups, group)
                && !world.packer.mayFit(group.shape)
                && new Supply(world.room).couldHold(group.shape);
    }

    private static boolean isInQuota(World world, Groups groups, Group group) {
        return groups.isOpen(group) && world.ledger.takes(group.queue, group.asked);
    }
}
