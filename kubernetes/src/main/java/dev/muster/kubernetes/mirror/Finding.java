package dev.muster.kubernetes.mirror;

/** What was found at an object that Muster mirrors, or would: {@code kind} and {@code name} say which. */
public record Finding(String kind, String name, What what, String message) {
    /** What became of it. */
    public enum What {
        /** It was ours and not as we had made it; it is again. */
        MENDED,
        /** It is not ours and another than ours would be; it was left alone. */
        FOREIGN,
        /** Kubernetes or Volcano did not let us. */
        REFUSED
    }
}
