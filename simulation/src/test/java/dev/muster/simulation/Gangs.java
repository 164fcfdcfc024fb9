package dev.muster.simulation;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gangs for tests, with what does not matter left out. */
public final class Gangs {
    private final AttemptId id;
    private final List<Gang.Member> members = new ArrayList<>();
    private Duration grace = Duration.ofSeconds(30);

    private Gangs(AttemptId id) {
        this.id = id;
    }

    /** The first attempt of the job of that number. */
    public static Gangs gang(int job) {
        return new Gangs(new AttemptId(new JobId("job" + job), 1));
    }

    public static Gangs gang(AttemptId id) {
        return new Gangs(id);
    }

    public Gangs grace(Duration longest) {
        grace = longest;
        return this;
    }

    /** {@code pods} simulated pods of {@code cpus} in a pool, with annotations as pairs: name without prefix, value. */
    public Gangs role(String role, int pods, int cpus, String pool, String... annotations) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < annotations.length; i += 2) {
            all.put("simulation.muster.dev/" + annotations[i], annotations[i + 1]);
        }
        return role(role, template(cpu(cpus), List.of("work"), Map.of(), all), Map.of(pool, pods));
    }

    /** {@code pods} pods that run a command in a pool of local processes. */
    public Gangs process(String role, int pods, String pool, String... command) {
        return role(role, template(cpu(1), List.of(command), Map.of(), Map.of()), Map.of(pool, pods));
    }

    public Gangs role(String role, PodTemplate template, Map<String, Integer> pools) {
        Map<PoolName, Integer> named = new TreeMap<>();
        pools.forEach((pool, pods) -> named.put(new PoolName(pool), pods));
        members.add(new Gang.Member(new RoleName(role), template, named));
        return this;
    }

    public Gang build() {
        return new Gang(
                id,
                "a-job",
                new TeamName("team"),
                new QueueName("queue"),
                new PriorityClassName("routine"),
                grace,
                members);
    }

    public static PodTemplate template(
            Resources resources, List<String> command, Map<String, String> env, Map<String, String> annotations) {
        return new PodTemplate(
                null,
                command,
                List.of(),
                env,
                List.of(),
                List.of(),
                null,
                resources,
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                annotations);
    }

    public static Resources cpu(int cpus) {
        return Resources.of(Resources.CPU, cpus * 1000L);
    }

    public static AttemptId attempt(int job) {
        return new AttemptId(new JobId("job" + job), 1);
    }
}
