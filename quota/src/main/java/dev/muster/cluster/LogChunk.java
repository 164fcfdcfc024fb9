package dev.muster.cluster;

/**
 * Bytes of a pod's output from {@code offset}; {@code end} is true when the pod has finished and nothing follows. Where the
 * pod is unknown, or has written nothing, the chunk is empty.
 */
public record LogChunk(long offset, byte[] bytes, boolean end) {
    public long nextOffset() {
        return offset + bytes.length;
    }
}
