package dev.muster.operation;

import dev.muster.Settings;
import dev.muster.cluster.Autoscaling;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.kubernetes.Steward;
import dev.muster.kubernetes.doctor.Diagnosis;
import dev.muster.kubernetes.doctor.Expected;
import dev.muster.postgres.DatabaseHealth;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.QueueStore;
import dev.muster.postgres.ReasonStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.queue.Queue;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.offering.PoolProposal;
import dev.muster.quota.offering.StrayNode;
import dev.muster.quota.plan.ReasonCode;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks everything that a new operator gets wrong: of this process and its database always, of the cluster where there is one. */
@ApplicationScoped
public class Doctor {
    private static final long LEAST_FREE = 1L << 30;
    private static final int OLDEST_JAVA = 17;
    private static final int MOST_SHOWN = 5;

    private final Settings settings;
    private final DatabaseHealth database;
    private final QueueStore queues;
    private final TeamStore teams;
    private final PriorityClassStore priorities;
    private final Stewards stewards;
    private final VolcanoSettings volcano;
    private final PlannerTrouble trouble;
    private final ReasonStore reasons;
    private final InstantSource clock;
    private final IdleNodes idle;
    private final Cluster cluster;

    Doctor(
            Settings settings,
            DatabaseHealth database,
            QueueStore queues,
            TeamStore teams,
            PriorityClassStore priorities,
            Stewards stewards,
            VolcanoSettings volcano,
            PlannerTrouble trouble,
            ReasonStore reasons,
            InstantSource clock,
            IdleNodes idle,
            Cluster cluster) {
        this.trouble = trouble;
        this.reasons = reasons;
        this.cluster = cluster;
        this.idle = idle;
        this.settings = settings;
        this.database = database;
        this.queues = queues;
        this.teams = teams;
        this.priorities = priorities;
        this.stewards = stewards;
        this.volcano = volcano;
        this.clock = clock;
    }

    public List<Diagnosis> examine() {
        List<Diagnosis> all = new ArrayList<>();
        all.add(java(Runtime.version().feature()));
        all.add(disk());
        Diagnosis stored = database();
        all.add(stored);
        if (stored.verdict() != Diagnosis.Verdict.FAIL) {
            all.add(planner());
            stewards.find().ifPresent(steward -> {
                all.addAll(cluster(steward));
                all.add(idleNodes(idle.held()));
                all.add(strays());
            });
        }
        return all;
    }

    static Diagnosis java(int version) {
        String seen = "Java %d, %d MiB of heap"
                .formatted(version, Runtime.getRuntime().maxMemory() >> 20);
        return version >= OLDEST_JAVA
                ? Diagnosis.ok("JAVA", seen)
                : Diagnosis.fail("JAVA", seen, "Start it with Java %d or newer.".formatted(OLDEST_JAVA));
    }

    private Diagnosis disk() {
        try {
            FileStore store = Files.getFileStore(settings.data());
            return disk(
                    settings.data().toString(), store.getUsableSpace(), Files.isWritable(settings.data()), isKept());
        } catch (IOException e) {
            return Diagnosis.fail(
                    "DISK",
                    "%s cannot be looked at: %s".formatted(settings.data(), e),
                    "Give another one: muster.data.");
        }
    }

    /** Only the embedded database needs room; a replica in a cluster keeps nothing. */
    private boolean isKept() {
        return settings.database() == Settings.Database.EMBEDDED;
    }

    static Diagnosis disk(String directory, long free, boolean writable, boolean kept) {
        String seen = "%s has %d MiB free".formatted(directory, free >> 20);
        if (!writable) {
            return Diagnosis.fail("DISK", directory + " cannot be written", "Give another one: muster.data.");
        }
        return kept && free < LEAST_FREE
                ? Diagnosis.warn(
                        "DISK", seen, "The database in it stops when it is full: make room, or move it (muster.data).")
                : Diagnosis.ok("DISK", seen);
    }

    private Diagnosis database() {
        DatabaseHealth.Seen seen = database.look();
        if (!seen.failure().isEmpty()) {
            return Diagnosis.fail(
                    "DATABASE",
                    "it does not answer: " + seen.failure(),
                    "Look at quarkus.datasource.jdbc.url, its user and password, and network policies to it.");
        }
        if (!seen.failedMigrations().isEmpty()) {
            return Diagnosis.fail(
                    "DATABASE",
                    "its tables are of revision %s, and these failed: %s"
                            .formatted(seen.revision(), String.join(", ", seen.failedMigrations())),
                    "Restore the backup from before the upgrade (docs/backup.md) and say what failed.");
        }
        String said = "PostgreSQL %s, tables of revision %s".formatted(seen.version(), seen.revision());
        return seen.major() >= 14
                ? Diagnosis.ok("DATABASE", said)
                : Diagnosis.warn("DATABASE", said, "Muster is tried with PostgreSQL 14 and newer: upgrade it.");
    }

    private Diagnosis planner() {
        String failure = trouble.said().failure();
        if (failure != null) {
            return Diagnosis.fail(
                    "PLANNER", "the last cycle failed: " + failure, "Look at the service's log: act=cycle-failed.");
        }
        List<String> aside = trouble.said().leftAside();
        long waiting = reasons.waiting().stream()
                .filter(each -> each.code().equals(ReasonCode.PLANNER_ERROR.name()))
                .mapToLong(ReasonStore.Waiting::jobs)
                .sum();
        return aside.isEmpty() && waiting == 0
                ? Diagnosis.ok("PLANNER", "everything that waits is planned")
                : Diagnosis.warn(
                        "PLANNER",
                        aside.isEmpty()
                                ? "%d waiting jobs are left aside".formatted(waiting)
                                : "%d left aside: %s".formatted(aside.size(), String.join("; ", shown(aside))),
                        "Report them with the service's log (act=left-aside); change them, or take them away.");
    }

    private static List<String> shown(List<String> lines) {
        return lines.subList(0, Math.min(MOST_SHOWN, lines.size()));
    }

    static Diagnosis idleNodes(Optional<Autoscaling.HeldNodes> held) {
        return held.map(found -> Diagnosis.warn("IDLE_NODES", IdleNodes.sentence(found), IdleNodes.MEND))
                .orElseGet(() ->
                        Diagnosis.ok("IDLE_NODES", "no group whose nodes do not come keeps the idle nodes of another"));
    }

    private Diagnosis strays() {
        try {
            return strays(cluster.strays());
        } catch (ClusterUnavailable e) {
            return Diagnosis.fail("POOLS", "could not be looked at: " + e.getMessage(), "Mend API_SERVER first.");
        }
    }

    static Diagnosis strays(List<StrayNode> strays) {
        List<String> nodes = PoolProposal.of(strays, Set.of()).stream()
                .flatMap(proposal -> proposal.nodes().stream())
                .map(NodeName::value)
                .toList();
        return nodes.isEmpty()
                ? Diagnosis.ok("POOLS", "every node but the control plane's belongs to a pool")
                : Diagnosis.warn(
                        "POOLS",
                        "%d nodes belong to no pool, so nothing is launched there: %s%s"
                                .formatted(
                                        nodes.size(),
                                        String.join(", ", nodes.subList(0, Math.min(5, nodes.size()))),
                                        nodes.size() > 5 ? ", …" : ""),
                        "Declare pools for them: muster pools discover");
    }

    private List<Diagnosis> cluster(Steward steward) {
        return steward.examine(expected(), clock);
    }

    private Expected expected() {
        List<Queue> all = queues.inForce();
        Set<QueueName> parents = all.stream()
                .map(queue -> queue.spec().parent())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        SortedMap<String, Map<String, String>> leaves = new TreeMap<>();
        all.stream()
                .filter(queue -> !parents.contains(queue.name()))
                .forEach(queue -> leaves.put(
                        queue.name().value(),
                        queue.spec().capability() == null
                                ? Map.of()
                                : Steward.written(queue.spec().capability())));
        SortedMap<String, String> namespaces = new TreeMap<>();
        teams.all().stream()
                .map(Versioned::value)
                .forEach((Team team) -> namespaces.put(team.name().value(), team.namespace()));
        SortedMap<String, Expected.Priority> classes = new TreeMap<>();
        priorities.all().stream()
                .map(Versioned::value)
                .forEach((PriorityClass value) -> classes.put(
                        value.name().value(),
                        new Expected.Priority(
                                value.value(),
                                value.preemptionPolicy() != dev.muster.quota.priority.PreemptionPolicy.NEVER)));
        return new Expected(
                settings.webhook().namespace(),
                settings.webhook().configurations(),
                volcano.place(),
                volcano.wanted(),
                leaves,
                namespaces,
                classes);
    }
}
