package dev.muster.controlplane.volcano;

import dev.muster.controlplane.volcano.Scenario.Amounts;
import dev.muster.controlplane.volcano.Scenario.Band;
import dev.muster.controlplane.volcano.Scenario.Line;
import dev.muster.controlplane.volcano.Scenario.Machine;
import dev.muster.controlplane.volcano.Scenario.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Scenarios by chance; the same seed, the same scenario. About twice as much is asked as there is room for. */
final class RandomScenarios {
    private static final List<String> ROLES = List.of("driver", "worker", "server");

    private final Random chance;

    private RandomScenarios(long seed) {
        this.chance = new Random(seed);
    }

    /** Several queues, some with a limit; gangs of every kind that Volcano knows how to start. */
    static Scenario any(int seed) {
        return new RandomScenarios(seed).scenario("a%03d".formatted(seed), false);
    }

    /** One queue without a limit, of every role what must start: what the simulation models. */
    static Scenario plain(int seed) {
        return new RandomScenarios(1_000_000L + seed).scenario("p%03d".formatted(seed), true);
    }

    /** The one of that name. */
    static Scenario named(String name) {
        int seed = Integer.parseInt(name.substring(1));
        return name.startsWith("p") ? plain(seed) : any(seed);
    }

    private Scenario scenario(String name, boolean plain) {
        List<Machine> machines = new ArrayList<>();
        int count = 2 + chance.nextInt(7);
        for (int i = 0; i < count; i++) {
            machines.add(machine("%s-n%d".formatted(name, i)));
        }
        int cpus = machines.stream().mapToInt(each -> each.shape().cpu()).sum();
        List<Line> lines = new ArrayList<>();
        int queues = plain ? 1 : 1 + chance.nextInt(3);
        for (int i = 0; i < queues; i++) {
            lines.add(new Line("%s-q%d".formatted(name, i), plain || chance.nextInt(2) == 0 ? null : limit(cpus)));
        }
        List<Band> bands = new ArrayList<>();
        int gangs = 3 + chance.nextInt(6);
        for (int i = 0; i < gangs; i++) {
            String line = lines.get(chance.nextInt(queues)).name();
            bands.add(band("%s-g%d".formatted(name, i), line, plain));
        }
        return new Scenario(name, machines, lines, bands);
    }

    private Machine machine(String name) {
        int cpu = 1000 * List.of(4, 8, 8, 16, 16, 32).get(chance.nextInt(6));
        int gpus = chance.nextInt(5) == 0 ? 2 + 2 * chance.nextInt(3) : 0;
        Amounts shape = new Amounts(cpu, cpu / 1000 * 1024 * (2 << chance.nextInt(3)), gpus);
        List<Amounts> residents = new ArrayList<>();
        int left = cpu / 4 * 3;
        while (left > 500 && chance.nextInt(5) < 3) {
            int takes = 100 * (1 + chance.nextInt(left / 100));
            residents.add(new Amounts(takes, takes / 8 + chance.nextInt(takes), 0));
            left -= takes;
        }
        Map<String, String> labels = new TreeMap<>();
        labels.put("topology.kubernetes.io/zone", List.of("a", "b", "c").get(chance.nextInt(3)));
        labels.put("disk", chance.nextBoolean() ? "fast" : "slow");
        return new Machine(name, shape, labels, chance.nextInt(7) == 0, residents);
    }

    private Amounts limit(int cpus) {
        int cpu = cpus / 8 + chance.nextInt(cpus / 2);
        return new Amounts(cpu, chance.nextInt(3) == 0 ? cpu * 3 : 0, 0);
    }

    private Band band(String name, String line, boolean plain) {
        List<Part> parts = new ArrayList<>();
        int roles = List.of(1, 1, 2, 2, 2, 3).get(chance.nextInt(6));
        for (int i = 0; i < roles; i++) {
            parts.add(part(ROLES.get(roles == 1 ? 1 : i), i == 0 && roles > 1, i == roles - 1, plain));
        }
        int minima = parts.stream().mapToInt(Part::minimum).sum();
        int minMember = minima;
        if (!plain && chance.nextInt(8) == 0) {
            // The minimum of the whole alone, which roles say nothing about.
            parts.replaceAll(part ->
                    new Part(part.role(), part.pods(), 0, part.gated(), part.ask(), part.selector(), part.tolerates()));
            minMember = Math.max(1, minima - chance.nextInt(3));
        } else if (!plain && chance.nextInt(16) == 0) {
            // More than roles ask for; sometimes more than there are.
            minMember = minima + 1;
        }
        return new Band(name, line, chance.nextInt(3), minMember, parts);
    }

    private Part part(String role, boolean single, boolean last, boolean plain) {
        int minimum = single ? 1 : 1 + chance.nextInt(8);
        int extras = !plain && last && chance.nextInt(3) == 0 ? 1 + chance.nextInt(4) : 0;
        int gated = !plain && chance.nextInt(16) == 0 ? 1 : 0;
        int cpu = 500 * (1 + chance.nextInt(chance.nextInt(3) == 0 ? 12 : 4));
        int gpus = chance.nextInt(10) == 0 ? 1 + chance.nextInt(2) : 0;
        Amounts ask = new Amounts(cpu, cpu * 1024 / 1000 * (1 + chance.nextInt(4)), gpus);
        Map<String, String> selector =
                switch (chance.nextInt(6)) {
                    case 0 ->
                        Map.of(
                                "topology.kubernetes.io/zone",
                                List.of("a", "b", "c").get(chance.nextInt(3)));
                    case 1 -> Map.of("disk", chance.nextBoolean() ? "fast" : "slow");
                    default -> Map.of();
                };
        return new Part(role, minimum + extras, minimum, gated, ask, selector, chance.nextInt(3) == 0);
    }
}
