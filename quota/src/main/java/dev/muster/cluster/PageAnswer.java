package dev.muster.cluster;

import java.util.Optional;

/** What a pod answered: {@code location} is where it leads on to, as the pod sees itself. */
public record PageAnswer(int status, String contentType, Optional<String> location, byte[] body) {
    /** A longer answer is refused. */
    public static final int MOST_BYTES = 16 << 20;
}
