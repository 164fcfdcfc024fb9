package dev.muster.kubernetes;

import dev.muster.quota.name.Names;
import org.jspecify.annotations.Nullable;

/**
 * Whose objects are whose: what carries {@code id} was made by this installation, and nothing else is ever changed or removed.
 * {@code image} is for roles that name none; null: those are refused. {@code placeholderImage} does nothing until it is ended,
 * {@code fetchImage} fetches what a job brings along; in {@code namespace} is what belongs to no team.
 */
public record Installation(
        String id,
        String scheduler,
        @Nullable String image,
        String placeholderImage,
        String fetchImage,
        String namespace) {
    /** The name of Volcano's scheduler. */
    public static final String VOLCANO = "volcano";

    /** Kubernetes' own image for containers that do nothing. */
    public static final String PAUSE = "registry.k8s.io/pause:3.10";

    /** The one that curl's own makers build. */
    public static final String FETCH = "curlimages/curl:8.11.1";

    public Installation {
        if (!Names.isLabel(id)) {
            throw new IllegalArgumentException(
                    "Bad installation id '%s': expected 1 to 63 characters of a-z, 0-9 and '-'".formatted(id));
        }
    }

    public Installation(String id) {
        this(id, VOLCANO, null);
    }

    public Installation(String id, String scheduler, @Nullable String image) {
        this(id, scheduler, image, PAUSE, FETCH, "default");
    }
}
