package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.Loggable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Output by byte. Kubernetes knows no offset: what lies before it is read and thrown away. So who follows much of it is answered by its last
 * line alone as long as that is the one that was seen. Once the kubelet has rotated a pod's output the bytes before are gone for
 * good, and offsets count from what is left.
 */
final class Logs {
    /** Reading less than this again costs no more than asking for the last line. */
    static final long WORTH_ASKING = 16 << 10;

    /** Of the last line, its time and so much. */
    private static final int END_BYTES = 256;

    private static final int MOST_KNOWN = 2_000;
    private static final int NOT_FOUND = 404;
    private static final int NOT_YET = 400;

    private final KubernetesClient client;
    /** How outputs ended, by pod and the byte up to which they had then been read. */
    private final Map<End, String> ends = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<End, String> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    private record End(String uid, long offset) {}

    Logs(KubernetesClient client) {
        this.client = client;
    }

    /** What broke off is read once more: a kubelet that closes a connection is no news to who reads. */
    LogChunk read(PodFacts pod, long offset, int limit) {
        try {
            return readOnce(pod, offset, limit);
        } catch (ClusterUnavailable e) {
            return readOnce(pod, offset, limit);
        }
    }

    private LogChunk readOnce(PodFacts pod, long offset, int limit) {
        boolean over = pod.status().phase().isFinal();
        if (!pod.isBound()) {
            return new LogChunk(offset, new byte[0], over);
        }
        // Asked before the output is read: what comes in between is read and makes another end.
        String end = over || offset < WORTH_ASKING ? "" : end(pod);
        if (!end.isEmpty() && end.equals(ends.get(new End(pod.uid(), offset)))) {
            return new LogChunk(offset, new byte[0], false);
        }
        LogChunk chunk = readAll(pod, offset, limit, over);
        if (!end.isEmpty() && chunk.bytes().length < limit) {
            ends.put(new End(pod.uid(), chunk.nextOffset()), end);
        }
        return chunk;
    }

    private LogChunk readAll(PodFacts pod, long offset, int limit, boolean over) {
        try (InputStream output = output(pod, offset + limit)) {
            if (output == null) {
                return new LogChunk(offset, new byte[0], over);
            }
            boolean beyond = !skipped(output, offset);
            byte[] bytes = beyond ? new byte[0] : output.readNBytes(limit);
            return new LogChunk(offset, bytes, over && bytes.length < limit);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == NOT_YET) {
                return new LogChunk(offset, new byte[0], over);
            }
            throw Requests.unavailable("The output of pod %s could not be read".formatted(pod.name()), e);
        } catch (IOException e) {
            throw new ClusterUnavailable("The output of pod %s could not be read".formatted(pod.name()), e);
        }
    }

    /** The last line with its time; empty where there is none, or it cannot be told. */
    private String end(PodFacts pod) {
        Loggable last = container(pod).usingTimestamps().limitBytes(END_BYTES).tailingLines(1);
        try (InputStream output = last.withReadyWaitTimeout(0).getLogInputStream()) {
            return output == null ? "" : new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (KubernetesClientException | IOException e) {
            // What is wrong is told by who reads the output itself.
            return "";
        }
    }

    private ContainerResource container(PodFacts pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name()).inContainer(pod.container());
    }

    private InputStream output(PodFacts pod, long upTo) {
        ContainerResource container = container(pod);
        Loggable loggable = upTo <= Integer.MAX_VALUE ? container.limitBytes((int) upTo) : container;
        return loggable.withReadyWaitTimeout(0).getLogInputStream();
    }

    private static boolean skipped(InputStream output, long offset) throws IOException {
        long left = offset;
        byte[] waste = new byte[8192];
        while (left > 0) {
            int read = output.read(waste, 0, (int) Math.min(waste.length, left));
            if (read < 0) {
                return false;
            }
            left -= read;
        }
        return true;
    }
}
