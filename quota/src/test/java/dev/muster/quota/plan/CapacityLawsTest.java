package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * What more nodes do. Only of equal gangs, without guarantees, and where there is enough for all that is deserved: else a job
 * whose turn is sooner, and that did not start before, may take the quota of a later one.
 */
class CapacityLawsTest {
    @Property(tries = 4000, shrinking = ShrinkingMode.OFF, seed = Law.SEED)
    void for_one_role_one_pool_and_equal_nodes_more_capacity_starts_nothing_later(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        Law.holds(plain(seed, size), situation -> {
            List<JobId> few = launched(situation);
            Situation more = Situation.given().settings(situation.settings);
            more.queues.addAll(situation.queues);
            more.pending.addAll(situation.pending);
            more.nodes.addAll(situation.nodes);
            for (int extra = 0; extra < 3 && !situation.nodes.isEmpty(); extra++) {
                more.nodes.add(node(100 + extra, situation.nodes.get(0).allocatable()));
                assertThat(launched(more)).containsAll(few);
            }
        });
    }

    private static List<JobId> launched(Situation situation) {
        return new Planner()
                .plan(situation.snapshot()).launches().stream()
                        .map(Decision.Launch::job)
                        .collect(Collectors.toList());
    }

    private static Situation plain(long seed, int size) {
        Situation chance = RandomSituation.of(seed, size);
        Random random = new Random(seed);
        Situation plain = Situation.given().settings(PlanSettings.DEFAULT.with(chance.settings.aging()));
        Resources node = Resources.of(Map.of("cpu", 1L + random.nextInt(8), "memory", 1L + random.nextInt(8)));
        for (int n = 0; n < chance.nodes.size(); n++) {
            plain.nodes.add(node(n, node));
        }
        chance.queues.forEach(queue -> plain.queues.add(new QueueSpec(
                queue.name(),
                queue.parent(),
                Resources.NONE,
                queue.deserved(),
                queue.capability(),
                queue.weight(),
                queue.state())));
        long deserved = plain.queues.stream()
                .filter(queue -> queue.parent() == null)
                .mapToLong(queue -> queue.deserved().amount("cpu"))
                .sum();
        if (deserved > Aftermath.supply(plain)) {
            plain.nodes.clear();
        }
        Ask ask = new Ask(
                new RoleName("worker"),
                1 + random.nextInt(3),
                3,
                Resources.of(Map.of("cpu", 1L + random.nextInt(3), "memory", (long) random.nextInt(3))),
                NodeAffinity.ANY,
                List.of());
        chance.pending.forEach(job -> plain.pending.add(
                new PendingJob(job.id(), job.queue(), job.priority(), job.since(), List.of(ask), Map.of())));
        return plain;
    }

    private static Node node(int number, Resources allocatable) {
        return new Node(
                new NodeName("p-" + number),
                new PoolName("p"),
                Map.of(),
                List.of(),
                allocatable,
                Resources.NONE,
                110,
                0,
                true);
    }
}
