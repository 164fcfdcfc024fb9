package dev.muster.cluster;

import org.jspecify.annotations.Nullable;

/** The cluster cannot be reached; what was asked may or may not have happened. Repeat it. */
public final class ClusterUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
