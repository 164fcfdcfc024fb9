package dev.muster.kubernetes.autoscaler;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The deployment of an autoscaler, {@code namespace/name}, and what it was started with. A managed one is not seen. */
public record Flags(String named, List<String> words) {
    /** One group that asks for nodes keeps only its own idle ones. */
    public static final String LOCAL = "--scale-down-delay-type-local";

    private static final String NAME = "cluster-autoscaler";
    private static final String UNNEEDED = "--scale-down-unneeded-time=";

    public Flags {
        words = List.copyOf(words);
    }

    /** The first that is found; empty where none runs as a deployment. */
    public static Optional<Flags> find(KubernetesClient client) {
        return client.apps().deployments().inAnyNamespace().list().getItems().stream()
                .filter(deployment -> deployment.getMetadata().getName().contains(NAME)
                        || deployment.getMetadata().getName().equals("karpenter"))
                .findFirst()
                .map(Flags::of);
    }

    private static Flags of(Deployment deployment) {
        return new Flags(
                deployment.getMetadata().getNamespace() + "/"
                        + deployment.getMetadata().getName(),
                deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                        .flatMap(Flags::words)
                        .filter(word -> word.startsWith("--"))
                        .toList());
    }

    private static Stream<String> words(Container container) {
        return Stream.concat(
                container.getCommand() == null ? Stream.of() : container.getCommand().stream(),
                container.getArgs() == null ? Stream.of() : container.getArgs().stream());
    }

    public boolean isClusterAutoscaler() {
        return named.endsWith(NAME);
    }

    public boolean delaysAreLocal() {
        return !isClusterAutoscaler() || words.contains(LOCAL) || words.contains(LOCAL + "=true");
    }

    /** How long it lets a node stand idle; empty where it was not told, or in no way that can be read. */
    public Optional<Duration> unneededTime() {
        return words.stream()
                .filter(word -> word.startsWith(UNNEEDED))
                .findFirst()
                .flatMap(word -> duration(word.substring(UNNEEDED.length())));
    }

    /** As Go writes it: {@code 10m}, {@code 1h30m0s}. */
    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
