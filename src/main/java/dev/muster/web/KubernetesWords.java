package dev.muster.web;

import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import java.util.List;
import java.util.regex.Pattern;

/** The syntax of Kubernetes' words, so that nothing is accepted that a cluster refuses later. */
final class KubernetesWords {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]{0,252}");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final List<String> RESERVED = List.of("muster.dev", "volcano.sh", "kubernetes.io", "k8s.io");
    /** What tells the simulated cluster how a pod behaves; the one prefix of ours that users write. */
    static final String SIMULATION = "simulation.muster.dev/";

    private KubernetesWords() {}

    static boolean isSubdomain(String text) {
        return text.length() <= 253 && SUBDOMAIN.matcher(text).matches();
    }

    /** {@code name} or {@code prefix/name}, as keys of labels, taints and resources are. */
    static boolean isQualifiedName(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? NAME_PART.matcher(text).matches()
                : isSubdomain(text.substring(0, slash))
                        && NAME_PART.matcher(text.substring(slash + 1)).matches();
    }

    static boolean isLabelValue(String text) {
        return text.isEmpty() || NAME_PART.matcher(text).matches();
    }

    static boolean isVariable(String text) {
        return VARIABLE.matcher(text).matches();
    }

    static boolean isKey(String text) {
        return KEY.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    static void requireSubdomain(Place place, String text) {
        if (!isSubdomain(text)) {
            place.bad(text, "a name of a-z, 0-9, '-' and '.', at most 253 characters");
        }
    }

    static void requireQualifiedName(Place place, String text) {
        if (!isQualifiedName(text)) {
            place.bad(
                    text,
                    "a Kubernetes key: [prefix/]name, the name at most 63 characters of A-Z, a-z, 0-9, '-', '_', '.'");
        }
    }

    /** Keys that the service, Volcano or Kubernetes write themselves. */
    static void refuseReserved(Place place, String key) {
        int slash = key.indexOf('/');
        if (slash < 0 || key.startsWith(SIMULATION)) {
            return;
        }
        String prefix = key.substring(0, slash);
        if (RESERVED.stream().anyMatch(owner -> prefix.equals(owner) || prefix.endsWith("." + owner))) {
            place.fault(
                    Fault.Kind.RESERVED,
                    "the prefix '%s' is kept for the platform".formatted(MusterException.shown(prefix)),
                    "Use a prefix of your own, such as example.com/");
        }
    }
}
