package dev.muster.simulation.scheduler;

import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whole gangs, the oldest first. FCFS: nobody passes. EASY: later jobs pass where the first one, by the estimates of those
 * that run, starts no later for it.
 */
final class InOrder implements Scheduler {
    private static final int LOOKED_AT = 200;

    private final Site site;
    private final boolean easy;
    private final Placing placing;

    InOrder(Site site, boolean easy) {
        this.site = site;
        this.easy = easy;
        this.placing = new Placing(site, Scoring.BINPACK);
    }

    @Override
    public List<Want> decide() {
        List<Want> wants = new ArrayList<>();
        for (Attempt attempt : List.copyOf(site.live())) {
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    placing.bindWhatFits(attempt, role);
                }
            }
        }
        List<SiteJob> queue = new ArrayList<>(site.waiting());
        int at = 0;
        for (; at < queue.size(); at++) {
            if (!start(queue.get(at))) {
                break;
            }
        }
        if (at == queue.size()) {
            return wants;
        }
        SiteJob head = queue.get(at);
        for (int role = 0; role < head.asks.length; role++) {
            wants.add(Wants.of(site, head, role, head.roles().get(role).gang()));
        }
        if (easy) {
            backfill(head, queue.subList(at + 1, Math.min(queue.size(), at + 1 + LOOKED_AT)));
        }
        return wants;
    }

    private boolean start(SiteJob job) {
        Placing.Trial trial = placing.gang(job);
        if (trial.whole()) {
            placing.bind(site.launch(job), trial);
        }
        return trial.whole();
    }

    private void backfill(SiteJob head, List<SiteJob> later) {
        Shadow shadow = Shadow.of(site, head);
        int kindThatFailed = -1;
        for (SiteJob job : later) {
            if (job.kind == kindThatFailed) {
                continue;
            }
            Placing.Trial trial = placing.gang(job);
            if (!trial.whole()) {
                kindThatFailed = job.kind;
                continue;
            }
            boolean endsBefore = job.load.estimate() != null && site.now() + job.load.estimate() <= shadow.at();
            if (endsBefore || shadow.leavesRoomBeside(trial, job)) {
                placing.bind(site.launch(job), trial);
            }
        }
    }

    /** When the head is expected to start, and what is free then on each node once it has. */
    private static final class Shadow {
        private final long at;
        private final Map<SiteNode, long[]> extra = new IdentityHashMap<>();

        private Shadow(long at) {
            this.at = at;
        }

        long at() {
            return at;
        }

        static Shadow of(Site site, SiteJob head) {
            Map<SiteNode, long[]> free = new IdentityHashMap<>();
            site.nodes().stream()
                    .filter(node -> !node.leaves())
                    .forEach(node -> free.put(node, node.free().clone()));
            List<Attempt> ends = new ArrayList<>(site.live());
            ends.sort(Comparator.comparingLong(InOrder::expectedEnd));
            for (Attempt attempt : ends) {
                attempt.seats((role, node, count) -> {
                    long[] room = free.get(node);
                    for (int r = 0; room != null && r < room.length; r++) {
                        room[r] += attempt.job.asks[role][r] * count;
                    }
                });
                if (take(site, head, free)) {
                    Shadow shadow = new Shadow(expectedEnd(attempt));
                    shadow.extra.putAll(free);
                    return shadow;
                }
            }
            return new Shadow(Long.MAX_VALUE);
        }

        /** Takes the gang's room where all of it is there. */
        private static boolean take(Site site, SiteJob job, Map<SiteNode, long[]> free) {
            List<Runnable> undo = new ArrayList<>();
            for (int role = 0; role < job.asks.length; role++) {
                long[] pod = job.asks[role];
                int left = job.roles().get(role).gang();
                for (SiteNode node : site.nodes()) {
                    long[] room = free.get(node);
                    while (left > 0 && room != null && job.mayRunIn(role, node.pool) && fits(pod, room)) {
                        add(room, pod, -1);
                        undo.add(() -> add(room, pod, 1));
                        left--;
                    }
                }
                if (left > 0) {
                    undo.forEach(Runnable::run);
                    return false;
                }
            }
            return true;
        }

        /** True where the job takes nothing of what the head needs then; takes it where so. */
        boolean leavesRoomBeside(Placing.Trial trial, SiteJob job) {
            if (at == Long.MAX_VALUE) {
                return false;
            }
            List<Runnable> undo = new ArrayList<>();
            for (Placing.Spot spot : trial.spots()) {
                long[] pod = job.asks[spot.role()];
                long[] room = extra.get(spot.node());
                for (int i = 0; i < spot.count(); i++) {
                    if (room == null || !fits(pod, room)) {
                        undo.forEach(Runnable::run);
                        return false;
                    }
                    add(room, pod, -1);
                    undo.add(() -> add(room, pod, 1));
                }
            }
            return true;
        }

        private static boolean fits(long[] pod, long[] room) {
            for (int r = 0; r < pod.length; r++) {
                if (pod[r] > room[r]) {
                    return false;
                }
            }
            return true;
        }

        private static void add(long[] room, long[] pod, int sign) {
            for (int r = 0; r < pod.length; r++) {
                room[r] += sign * pod[r];
            }
        }
    }

    private static long expectedEnd(Attempt attempt) {
        Long estimate = attempt.job.load.estimate();
        return estimate == null ? Long.MAX_VALUE - 1 : attempt.since + estimate;
    }
}
