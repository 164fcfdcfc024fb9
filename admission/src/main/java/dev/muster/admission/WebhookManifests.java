package dev.muster.admission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configurations of the webhooks, and the policies that need no service, as YAML to apply. Charts render the same: what
 * {@code client} says is filled in by them, see docs/admission.md.
 *
 * @param name of both webhook configurations, and the beginning of the policies' names
 * @param client the {@code clientConfig}: where the service is reached
 * @param timeoutSeconds how long an API server waits
 * @param excluded namespaces that are never touched, whatever their labels
 */
public record WebhookManifests(String name, Client client, Callers callers, int timeoutSeconds, List<String> excluded) {
    /** Never a team's. */
    public static final List<String> SYSTEM =
            List.of("kube-system", "kube-public", "kube-node-lease", "volcano-system");

    private static final Pattern CLIENT = Pattern.compile("\\$\\{client:([^}]+)}");
    private static final List<String> POLICIES = List.of("marks", "pods", "jobs", "volcano", "spark");
    private static final List<String> KEPT = List.of(
            "queue",
            "priorityClassName",
            "schedulerName",
            "minAvailable",
            "tasks",
            "minMember",
            "minTaskMember",
            "minResources");

    /** How an API server reaches the webhook; {@code bundle} is the authorities that it trusts, empty where others fill it in. */
    public interface Client {
        String yaml(String path);

        /** A Service in the cluster. */
        static Client service(String namespace, String service, int port, String bundle) {
            return path -> "{service: {namespace: %s, name: %s, port: %d, path: %s}%s}"
                    .formatted(namespace, service, port, path, trust(bundle));
        }

        /** An address outside of it. */
        static Client url(String base, String bundle) {
            return path -> "{url: '%s%s'%s}".formatted(base, path, trust(bundle));
        }

        private static String trust(String bundle) {
            return bundle.isEmpty()
                    ? ""
                    : ", caBundle: "
                            + java.util.Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII));
        }
    }

    public String webhooks() {
        Matcher clients = CLIENT.matcher(filled(resource("webhooks.yaml")));
        return clients.replaceAll(found -> Matcher.quoteReplacement(client.yaml(found.group(1))));
    }

    /** With one binding each: in teams' namespaces; the one of namespaces themselves wherever a team's label is. */
    public String policies() {
        String binding = resource("bindings.yaml");
        String bound = POLICIES.stream()
                .map(policy -> "---\n" + binding.replace("${policy}", name + "-" + policy) + teams())
                .collect(Collectors.joining());
        return filled(resource("policies.yaml")) + bound + "---\n" + binding.replace("${policy}", name + "-namespaces");
    }

    private String teams() {
        return """
                  matchResources:
                    namespaceSelector:
                      matchExpressions:
                      - {key: muster.dev/team, operator: Exists}
                      - {key: kubernetes.io/metadata.name, operator: NotIn, values: [%s]}
                """.formatted(String.join(", ", excluded));
    }

    private String filled(String text) {
        return text.replace("${name}", name)
                .replace("${timeout}", Integer.toString(timeoutSeconds))
                .replace("${excluded}", String.join(", ", excluded))
                .replace("${muster}", quoted(callers.muster()))
                .replace("${controllers}", quoted(callers.controllers()))
                .replace("${kept}", KEPT.stream().map(WebhookManifests::kept).collect(Collectors.joining()));
    }

    /** In single quotes of CEL, doubled where the expression itself stands in those of YAML. */
    private static String quoted(Set<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(", "));
    }

    private static String kept(String field) {
        return """
                  - expression: >-
                      (has(object.spec.%1$s) == has(oldObject.spec.%1$s))
                      && (!has(object.spec.%1$s) || object.spec.%1$s == oldObject.spec.%1$s)
                    message: >-
                      spec.%1$s is kept as it was checked. Delete the object and create it anew, or move the job with the command muster.
                    reason: Forbidden
                """.formatted(field);
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(WebhookManifests.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("A file of this jar cannot be read: " + file, e);
        }
    }
}
