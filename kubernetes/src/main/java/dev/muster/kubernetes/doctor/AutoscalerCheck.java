package dev.muster.kubernetes.doctor;

import dev.muster.kubernetes.autoscaler.Flags;
import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which autoscaler runs, and whether its flags let the placeholders of Muster ask for nodes. */
record AutoscalerCheck(KubernetesClient client) implements Check {
    private static final String CUTOFF = "--expendable-pods-priority-cutoff=";
    /** The value of the class {@code routine}. */
    private static final int PLACEHOLDERS = PriorityClasses.STANDARD.get(0).value();

    @Override
    public String name() {
        return "AUTOSCALER";
    }

    @Override
    public Diagnosis look() {
        Optional<Flags> found = Flags.find(client);
        if (found.isEmpty()) {
            return Diagnosis.ok(name(), "none was found: pools do not grow (a managed one is not seen here)");
        }
        Flags flags = found.get();
        List<String> bad = new ArrayList<>();
        flags.words().stream()
                .filter(flag -> flag.startsWith(CUTOFF) && number(flag.substring(CUTOFF.length())) > PLACEHOLDERS)
                .forEach(flag -> bad.add(
                        flag + ": placeholders have priority %d and would be passed over".formatted(PLACEHOLDERS)));
        if (!flags.delaysAreLocal()) {
            bad.add("without " + Flags.LOCAL
                    + " nodes that one group asks for keep the idle nodes of all others, also where they never come");
        }
        flags.words().stream()
                .filter(flag -> flag.equals("--skip-nodes-with-local-storage=false"))
                .forEach(flag -> bad.add(flag + ": nodes of running gangs may be taken away with their local data"));
        String seen = "%s with %s"
                .formatted(flags.named(), flags.words().isEmpty() ? "no flags" : String.join(" ", flags.words()));
        return bad.isEmpty()
                ? Diagnosis.ok(name(), seen)
                : Diagnosis.warn(name(), String.join("; ", bad), "Change these flags of %s.".formatted(flags.named()));
    }

    private static long number(String text) {
        return text.matches("-?\\d{1,10}") ? Long.parseLong(text) : Long.MIN_VALUE;
    }
}
