package dev.muster.submission;

import dev.muster.job.ArrayPlace;
import dev.muster.job.Dependency;
import dev.muster.job.Job;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Only within a request can two wait for each other: all others were there before. An array counts as one. */
final class Circles {
    private Circles() {}

    static void refuse(Accepted accepted, List<Job> bound, Faults faults) {
        List<Candidate> nodes = new ArrayList<>();
        Map<Candidate, Integer> numbers = new IdentityHashMap<>();
        for (Candidate candidate : accepted.owners()) {
            if (numbers.putIfAbsent(candidate, nodes.size()) == null) {
                nodes.add(candidate);
            }
        }
        Map<JobId, Integer> owner = new HashMap<>();
        for (int i = 0; i < bound.size(); i++) {
            Integer number = numbers.get(accepted.owners().get(i));
            owner.put(bound.get(i).id(), number);
            ArrayPlace place = bound.get(i).spec().place();
            if (place != null) {
                owner.put(place.array(), number);
            }
        }
        List<Set<Integer>> edges = new ArrayList<>();
        nodes.forEach(node -> edges.add(new LinkedHashSet<>()));
        for (Job job : bound) {
            for (Dependency dependency : job.spec().dependencies()) {
                Integer to = owner.get(dependency.job());
                if (to != null) {
                    edges.get(owner.get(job.id())).add(to);
                }
            }
        }
        int[] seen = new int[nodes.size()];
        for (int start = 0; start < nodes.size(); start++) {
            List<Integer> circle = circle(start, edges, seen);
            if (circle != null) {
                tell(circle, nodes, faults);
                return;
            }
        }
    }

    private static void tell(List<Integer> circle, List<Candidate> nodes, Faults faults) {
        List<String> names = new ArrayList<>(
                circle.stream().map(i -> nodes.get(i).request().name()).toList());
        names.add(names.get(0));
        nodes.get(circle.get(0))
                .place()
                .in(faults)
                .at("spec")
                .at("dependsOn")
                .fault(
                        Fault.Kind.CONTRADICTION,
                        "a circle: %s".formatted(String.join(" waits for ", names)),
                        "One of them must not wait");
    }

    /** Depth first, without recursion: a chain may be ten thousand long. {@code seen}: 0 not yet, 1 on the way, 2 done. */
    private static @Nullable List<Integer> circle(int start, List<Set<Integer>> edges, int[] seen) {
        List<Integer> way = new ArrayList<>();
        List<Iterator<Integer>> left = new ArrayList<>();
        if (seen[start] == 0) {
            seen[start] = 1;
            way.add(start);
            left.add(edges.get(start).iterator());
        }
        while (!way.isEmpty()) {
            int last = way.size() - 1;
            if (!left.get(last).hasNext()) {
                seen[way.remove(last)] = 2;
                left.remove(last);
                continue;
            }
            int next = left.get(last).next();
            if (seen[next] == 2) {
                continue;
            }
            if (seen[next] == 1) {
                return List.copyOf(way.subList(way.indexOf(next), way.size()));
            }
            seen[next] = 1;
            way.add(next);
            left.add(edges.get(next).iterator());
        }
        return null;
    }
}
