package dev.muster.simulation.load;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.simulation.event.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Jobs by lot, kind by kind: each kind has a lot of its own, so that one more changes nothing of the others. */
public record Drawn(List<Kind> kinds, long lasts, long stop) implements Load {
    public Drawn {
        kinds = List.copyOf(kinds);
    }

    @Override
    public List<LoadJob> jobs(long seed) {
        List<LoadJob> jobs = new ArrayList<>();
        for (Kind kind : kinds) {
            Chance chance = Chance.of(seed, "load " + kind.name());
            int number = 0;
            for (long arrival : kind.arrivals().within(lasts, chance)) {
                jobs.add(job(kind, number++, arrival, chance));
            }
        }
        jobs.sort(Comparator.comparingLong(LoadJob::arrival).thenComparing(LoadJob::id));
        return jobs;
    }

    @Override
    public long until(List<LoadJob> jobs) {
        return stop;
    }

    private static LoadJob job(Kind kind, int number, long arrival, Chance chance) {
        int gang = kind.gang().draw(chance);
        long runs = Math.max(1, kind.runs().draw(chance));
        int team = chance.below(kind.teams());
        double fails = chance.share();
        double failsAt = 0.05 + 0.9 * chance.share();
        List<Stage> stages = new ArrayList<>();
        for (Kind.Part part : kind.stages()) {
            stages.add(new Stage(part.width(), part.width() * part.lasts() / 1000.0));
        }
        if (stages.isEmpty()) {
            stages.add(new Stage(gang, gang * runs / 1000.0));
        }
        Set<PoolName> pools =
                kind.poolOfTeam() == null ? kind.pools() : Set.of(new PoolName(kind.poolOfTeam() + "-" + team));
        List<LoadRole> roles = new ArrayList<>();
        if (kind.driver() != null) {
            roles.add(new LoadRole(new RoleName("driver"), 1, 1, kind.driver(), kind.driverPools()));
        }
        roles.add(new LoadRole(new RoleName("worker"), gang, Math.max(gang, kind.most()), kind.pod(), pools));
        long all = kind.stages().isEmpty()
                ? runs
                : kind.stages().stream().mapToLong(Kind.Part::lasts).sum();
        return new LoadJob(
                new JobId("%s-%06d".formatted(kind.name(), number)),
                new QueueName(kind.teams() == 1 ? kind.name() : "%s-%d".formatted(kind.name(), team)),
                kind.priority(),
                kind.preempts(),
                arrival,
                roles,
                stages,
                kind.told() > 0 ? (Long) (long) (all * kind.told()) : null,
                kind.patience(),
                kind.retries(),
                fails < kind.fails() ? failsAt : 0,
                kind.saves());
    }

    /** Names of all queues that jobs may name. */
    public Set<String> queues() {
        java.util.TreeSet<String> names = new java.util.TreeSet<>();
        for (Kind kind : kinds) {
            for (int team = 0; team < kind.teams(); team++) {
                names.add(kind.teams() == 1 ? kind.name() : "%s-%d".formatted(kind.name(), team));
            }
        }
        return names;
    }
}
