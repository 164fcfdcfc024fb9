package dev.muster.job;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the pods of an attempt ended, counted by role, cause and exit code, and one sentence of it for people. {@code all} are the
 * pods of each role that ever were, those among them that others have replaced.
 */
public record Losses(List<Kind> kinds, Map<RoleName, Integer> all, Map<RoleName, PodStatus> leaders) {
    private static final int NODES_NAMED = 3;

    /** Ends that are alike. {@code exitCode} only where the code is all that is known of the cause: -1 elsewhere. */
    public record Kind(RoleName role, PodEnd cause, int exitCode, int count, Set<String> pools, Set<String> nodes) {
        public Kind {
            pools = new TreeSet<>(pools);
            nodes = new TreeSet<>(nodes);
        }

        /** One that nobody wanted. */
        public boolean isLoss() {
            return switch (cause) {
                case EXITED -> exitCode != 0;
                case DISMISSED -> false;
                default -> true;
            };
        }
    }

    public Losses {
        kinds = List.copyOf(kinds);
        all = Map.copyOf(all);
        leaders = Map.copyOf(leaders);
    }

    /** {@code last} as they are now or were at the end; {@code ends} of pods that their leader made, replaced or not. */
    public static Losses of(JobSpec spec, List<PodStatus> last, List<PodStatus> ends) {
        Set<RoleName> told = ends.stream().map(end -> end.pod().role()).collect(Collectors.toCollection(HashSet::new));
        List<PodStatus> ended = new ArrayList<>(ends);
        Map<RoleName, Integer> all = new HashMap<>();
        Map<RoleName, PodStatus> leaders = new HashMap<>();
        Set<PodRef> counted = ends.stream().map(PodStatus::pod).collect(Collectors.toSet());
        ends.forEach(end -> all.merge(end.pod().role(), 1, Integer::sum));
        for (PodStatus pod : last) {
            RoleName role = pod.pod().role();
            boolean leads = spec.roles().stream()
                    .anyMatch(each -> each.leader() && each.name().equals(role));
            if (leads) {
                leaders.put(role, pod);
            }
            boolean toldAlready = told.contains(role) && pod.phase().isFinal() && counted.contains(pod.pod());
            if (!toldAlready) {
                all.merge(role, 1, Integer::sum);
                if (pod.phase().isFinal() && !leads) {
                    ended.add(pod);
                }
            }
        }
        return new Losses(kinds(ended), all, leaders);
    }

    /** Of which kinds of failure pods were lost. */
    public Set<Category> categories() {
        return kinds.stream()
                .filter(Kind::isLoss)
                .map(kind -> Failures.category(kind.cause(), kind.exitCode()))
                .collect(Collectors.toSet());
    }

    /** Such as: 12 of 160 executors were lost: 9 to spot in pool x, 3 killed for memory on n1; the driver exited with 1. Empty where none was lost. */
    public Optional<String> sentence() {
        Map<RoleName, List<Kind>> lost = new LinkedHashMap<>();
        kinds.stream().filter(Kind::isLoss).forEach(kind -> lost.computeIfAbsent(kind.role(), role -> new ArrayList<>())
                .add(kind));
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        lost.forEach((role, kinds) -> {
            int count = kinds.stream().mapToInt(Kind::count).sum();
            int of = all.getOrDefault(role, count);
            parts.add("%d of %d %s lost: %s"
                    .formatted(
                            count,
                            of,
                            of == 1 ? role + " was" : role + "s were",
                            kinds.stream().map(Losses::words).collect(Collectors.joining(", "))));
        });
        leaders.forEach((role, pod) -> {
            if (pod.phase() == PodPhase.SUCCEEDED) {
                parts.add("the " + role + " succeeded all the same");
            } else if (pod.phase().isFinal()) {
                parts.add("the " + role + " " + Failures.whatHappened(pod, Failures.category(pod)));
            }
        });
        return Optional.of(String.join("; ", parts));
    }

    private record Key(RoleName role, PodEnd cause, int exitCode) {}

    private static List<Kind> kinds(List<PodStatus> ended) {
        Map<Key, List<PodStatus>> alike = new LinkedHashMap<>();
        for (PodStatus pod : ended) {
            PodEnd cause = cause(pod);
            boolean byCode = cause == PodEnd.EXITED || cause == PodEnd.OTHER;
            int code = byCode && pod.exitCode() != null ? pod.exitCode() : -1;
            alike.computeIfAbsent(new Key(pod.pod().role(), cause, code), key -> new ArrayList<>())
                    .add(pod);
        }
        return alike.entrySet().stream()
                .map(e -> new Kind(
                        e.getKey().role(),
                        e.getKey().cause(),
                        e.getKey().exitCode(),
                        e.getValue().size(),
                        e.getValue().stream().map(pod -> pod.pool().value()).collect(Collectors.toSet()),
                        e.getValue().stream()
                                .filter(pod -> pod.node() != null)
                                .map(pod -> String.valueOf(pod.node()))
                                .collect(Collectors.toSet())))
                .sorted(Comparator.comparing(Kind::role)
                        .thenComparing(Comparator.comparingInt(Kind::count).reversed())
                        .thenComparing(Kind::cause)
                        .thenComparingInt(Kind::exitCode))
                .toList();
    }

    private static PodEnd cause(PodStatus pod) {
        if (pod.cause() != null) {
            return pod.cause();
        }
        return pod.phase() == PodPhase.LOST ? PodEnd.NODE_LOST : pod.exitCode() == null ? PodEnd.OTHER : PodEnd.EXITED;
    }

    private static String words(Kind kind) {
        return kind.count() + " "
                + switch (kind.cause()) {
                    case SPOT_INTERRUPTED -> "to spot" + pools(kind);
                    case DECOMMISSIONED -> "decommissioned in good order" + pools(kind);
                    case NODE_LOST -> "with their nodes" + nodes(kind);
                    case PREEMPTED -> "put out by others" + pools(kind);
                    case OOM_KILLED -> "killed for memory" + nodes(kind);
                    case JVM_OOM -> "with a full Java heap" + nodes(kind);
                    case DISK_FULL -> "put out for local disk" + nodes(kind);
                    case SCRATCH_FAILED -> "without scratch directories" + nodes(kind);
                    case UNCAUGHT -> "by an exception that nothing caught" + nodes(kind);
                    case UNREACHABLE -> "that could not reach the driver" + nodes(kind);
                    case IMAGE -> "without an image" + nodes(kind);
                    case CONFIG -> "that could not be started" + nodes(kind);
                    case EXITED -> "that exited with " + Failures.exitCode(kind.exitCode()) + nodes(kind);
                    case DISMISSED -> "let go by their leader";
                    case RELEASED -> "removed by somebody else" + nodes(kind);
                    case OTHER ->
                        (kind.exitCode() < 0
                                        ? "for unknown reasons"
                                        : "that exited with " + Failures.exitCode(kind.exitCode()))
                                + nodes(kind);
                };
    }

    private static String pools(Kind kind) {
        return (kind.pools().size() == 1 ? " in pool " : " in pools ") + String.join(", ", kind.pools());
    }

    private static String nodes(Kind kind) {
        if (kind.nodes().isEmpty()) {
            return pools(kind);
        }
        List<String> first = kind.nodes().stream().limit(NODES_NAMED).toList();
        int more = kind.nodes().size() - first.size();
        return " on " + String.join(", ", first)
                + (more == 0 ? "" : " and %d more %s".formatted(more, more == 1 ? "node" : "nodes"));
    }
}
