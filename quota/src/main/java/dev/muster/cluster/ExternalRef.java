package dev.muster.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * An object that was created past Muster and stands for a gang. It travels in the annotations of its job and of the gang's pods,
 * under names that only Muster may write. {@code uid} is the object's; for pods that only a name holds together the oldest one's.
 */
public record ExternalRef(Kind kind, String namespace, String name, String uid) {
    /** Annotation of the job: what kind of object it is. */
    public static final String KIND = "muster.dev/external";

    /** Annotation of the job: on which port its driver shows Spark's page, where that is not the usual one. */
    public static final String PAGE_PORT = "muster.dev/external-page-port";

    private static final String NAMESPACE = "muster.dev/external-namespace";
    private static final String NAME = "muster.dev/external-name";
    private static final String UID = "muster.dev/external-uid";

    /** What kinds there are; {@code word} is what people call it. */
    public enum Kind {
        JOB("Job"),
        VOLCANO_JOB("VolcanoJob"),
        PODS("Pods"),
        SPARK_APPLICATION("SparkApplication");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** The same for the same object, another one for one that took its name. */
    public String key() {
        return kind.word + "/" + namespace + "/" + name + "/" + uid;
    }

    public Map<String, String> annotations() {
        return Map.of(KIND, kind.word, NAMESPACE, namespace, NAME, name, UID, uid);
    }

    /** Empty for the annotations of jobs that were submitted to Muster. */
    public static Optional<ExternalRef> of(Map<String, String> annotations) {
        String word = annotations.get(KIND);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .map(kind -> new ExternalRef(
                        kind,
                        annotations.getOrDefault(NAMESPACE, ""),
                        annotations.getOrDefault(NAME, ""),
                        annotations.getOrDefault(UID, "")));
    }

    @Override
    public String toString() {
        return "%s %s in namespace %s".formatted(kind.word, name, namespace);
    }
}
