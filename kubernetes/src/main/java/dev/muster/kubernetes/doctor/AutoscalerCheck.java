package dev.muster.kubernetes.doctor;

import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which autoscaler runs, and whether its flags let the placeholders of Muster ask for nodes. */
record AutoscalerCheck(KubernetesClient client) implements Check {
    private static final String CUTOFF = "--expendable-pods-priority-cutoff=";
    private static final String LOCAL = "--scale-down-delay-type-local";
    /** The value of the class {@code routine}. */
    private static final int PLACEHOLDERS = PriorityClasses.STANDARD.get(0).value();

    private static final String NAME = "cluster-autoscaler";

    @Override
    public String name() {
        return "AUTOSCALER";
    }

    @Override
    public Diagnosis look() {
        List<Deployment> all =
                client.apps().deployments().inAnyNamespace().list().getItems();
        List<Deployment> found = all.stream()
                .filter(deployment -> deployment.getMetadata().getName().contains(NAME)
                        || deployment.getMetadata().getName().equals("karpenter"))
                .toList();
        if (found.isEmpty()) {
            return Diagnosis.ok(name(), "none was found: pools do not grow (a managed one is not seen here)");
        }
        List<String> flags = flags(found.get(0));
        String named = found.get(0).getMetadata().getNamespace() + "/"
                + found.get(0).getMetadata().getName();
        List<String> bad = new ArrayList<>();
        flags.stream()
                .filter(flag -> flag.startsWith(CUTOFF) && number(flag.substring(CUTOFF.length())) > PLACEHOLDERS)
                .forEach(flag -> bad.add(
                        flag + ": placeholders have priority %d and would be passed over".formatted(PLACEHOLDERS)));
        if (named.endsWith(NAME) && !flags.contains(LOCAL) && !flags.contains(LOCAL + "=true")) {
            bad.add("without " + LOCAL
                    + " nodes that one group asks for keep the idle nodes of all others, also where they never come");
        }
        flags.stream()
                .filter(flag -> flag.equals("--skip-nodes-with-local-storage=false"))
                .forEach(flag -> bad.add(flag + ": nodes of running gangs may be taken away with their local data"));
        String seen = "%s with %s".formatted(named, flags.isEmpty() ? "no flags" : String.join(" ", flags));
        return bad.isEmpty()
                ? Diagnosis.ok(name(), seen)
                : Diagnosis.warn(name(), String.join("; ", bad), "Change these flags of %s.".formatted(named));
    }

    private static List<String> flags(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .flatMap(AutoscalerCheck::words)
                .filter(word -> word.startsWith("--"))
                .toList();
    }

    private static Stream<String> words(Container container) {
        return Stream.concat(
                container.getCommand() == null ? Stream.of() : container.getCommand().stream(),
                container.getArgs() == null ? Stream.of() : container.getArgs().stream());
    }

    private static long number(String text) {
        return text.matches("-?\\d{1,10}") ? Long.parseLong(text) : Long.MIN_VALUE;
    }
}
