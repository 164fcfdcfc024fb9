package dev.muster.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.name.Names;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gang of a bare pod: by annotation with its size, by a PodGroup of the user's (which knows the size), or the pod alone.
 * What is found is written onto the pod, so that Volcano never makes a PodGroup of its own for it.
 */
final class Gangs {
    static final int MOST_PODS = 10_000;

    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final int LONGEST_GENERATED = 40;

    private Gangs() {}

    static void group(Draft draft) {
        ObjectNode pod = draft.object();
        String size = Draft.annotation(pod, Marks.GANG_SIZE);
        String group = Draft.annotation(pod, Marks.GROUP_NAME);
        String name = Draft.annotation(pod, Marks.GANG_NAME);
        if (size != null && !isSize(size)) {
            draft.wrong(
                    "has the annotation %s '%s': expected the number of pods, 1 to %d"
                            .formatted(Marks.GANG_SIZE, Shown.of(size), MOST_PODS),
                    "Write it as a text, such as \"4\"");
            return;
        }
        if (name != null && group != null && !name.equals(group)) {
            draft.wrong(
                    "is of the gang '%s' and of the PodGroup '%s'".formatted(Shown.of(name), Shown.of(group)),
                    "Leave one of the annotations %s and %s out".formatted(Marks.GANG_NAME, Marks.GROUP_NAME));
            return;
        }
        if (name != null && group == null && size == null) {
            draft.wrong(
                    "names the gang '%s' and not how many pods that has".formatted(Shown.of(name)),
                    "Set the annotation %s on every pod of the gang".formatted(Marks.GANG_SIZE));
            return;
        }
        if (name == null) {
            name = group != null ? group : spark(pod, size);
        }
        if (name == null && size != null && !size.equals("1")) {
            draft.wrong(
                    "is of a gang of %s and does not say which".formatted(size),
                    "Set the annotation %s, the same on every pod of the gang".formatted(Marks.GANG_NAME));
            return;
        }
        if (name == null) {
            name = alone(draft.review());
            size = "1";
        }
        if (name.length() > Names.LONGEST_SUBDOMAIN || !NAME.matcher(name).matches()) {
            draft.wrong(
                    "is of the gang '%s', which is no name of a PodGroup".formatted(Shown.of(name)),
                    "Use at most %d characters of a-z, 0-9, '-' and '.'".formatted(Names.LONGEST_SUBDOMAIN));
            return;
        }
        write(Draft.annotations(pod), name, size);
    }

    static boolean isSize(String size) {
        return SIZE.matcher(size).matches() && Integer.parseInt(size) <= MOST_PODS;
    }

    private static void write(ObjectNode annotations, String name, @Nullable String size) {
        annotations.put(Marks.GANG_NAME, name);
        annotations.put(Marks.GROUP_NAME, name);
        if (size != null) {
            annotations.put(Marks.GANG_SIZE, size);
        }
    }

    /** Executors of one Spark application that say how many they are. */
    private static @Nullable String spark(ObjectNode pod, @Nullable String size) {
        String application = Draft.label(pod, Marks.SPARK_APPLICATION);
        String role = Draft.label(pod, Marks.SPARK_ROLE);
        return size == null || application == null || role == null ? null : application + "-" + role;
    }

    /** A pod whose name the API server will choose has none yet; the review's id stands in for it. */
    private static String alone(Review review) {
        String name = review.object().path("metadata").path("name").asText("");
        if (!name.isEmpty()) {
            return "pod-" + name;
        }
        String generated = review.object().path("metadata").path("generateName").asText("");
        String beginning = generated.substring(0, Math.min(generated.length(), LONGEST_GENERATED));
        return "pod-" + beginning + Integer.toHexString(review.uid().hashCode());
    }
}
