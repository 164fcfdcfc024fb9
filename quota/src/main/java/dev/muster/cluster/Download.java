package dev.muster.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file that a pod finds below {@code $MUSTER_ARTIFACTS} before its command begins: its name, the SHA-256 that it has to have, and where it
 * is fetched from. Told as a variable of the pod, line by line, so that whoever makes the pod, or restarts, has it with the template.
 */
public record Download(String name, String sha256, String url) {
    /** The variable that lists what is to be fetched. */
    public static final String VARIABLE = "MUSTER_DOWNLOADS";

    /** The variable that says in which directory it lies. */
    public static final String DIRECTORY = "MUSTER_ARTIFACTS";

    private static final String NOWHERE = "-";

    public Download {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !sha256.matches("[0-9a-f]{64}") || !url.matches("\\S+")) {
            throw new IllegalArgumentException("Bad download '%s' '%s' '%s': expected a name, a SHA-256 and an address"
                    .formatted(name, sha256, url));
        }
    }

    /** One of which nobody has said yet where it is. */
    public static Download wanted(String name, String sha256) {
        return new Download(name, sha256, NOWHERE);
    }

    /** Whether somebody has said where it is. */
    public boolean isSomewhere() {
        return !url.equals(NOWHERE);
    }

    /** The template with these. */
    public static PodTemplate with(PodTemplate template, List<Download> downloads) {
        return downloads.isEmpty()
                ? template
                : template.withEnv(Map.of(
                        VARIABLE,
                        downloads.stream()
                                .map(one -> one.sha256() + " " + one.name() + " " + one.url() + "\n")
                                .collect(Collectors.joining())));
    }

    /** What the template says, in that order. */
    public static List<Download> of(PodTemplate template) {
        return parse(template.env().getOrDefault(VARIABLE, ""));
    }

    /** @throws IllegalArgumentException where it is not as {@link #with} wrote it */
    public static List<Download> parse(String lines) {
        List<Download> downloads = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] words = line.split(" ");
            if (words.length != 3) {
                throw new IllegalArgumentException(
                        "Bad download '%s': expected a SHA-256, a name and an address".formatted(line));
            }
            downloads.add(new Download(words[1], words[0], words[2]));
        }
        return downloads;
    }
}
