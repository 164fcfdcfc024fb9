package dev.muster.cluster;

/**
 * Bytes of a pod's output from {@code offset}; {@code end} is true when the pod has finished and nothing follows. Where the
 * pod is unknown the chunk is empty and not the end: its launch may be under way; only the caller knows whether it is over.
 */
public record LogChunk(long offset, byte[] bytes, boolean end) {
    public long nextOffset() {
        return offset + bytes.length;
    }
}
