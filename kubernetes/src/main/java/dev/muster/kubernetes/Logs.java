package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.LogChunk;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Loggable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Output by byte. Kubernetes knows no offset: what lies before it is read and thrown away. Once the kubelet has rotated a pod's
 * output the bytes before are gone for good, and offsets count from what is left.
 */
final class Logs {
    private static final int NOT_FOUND = 404;
    private static final int NOT_YET = 400;

    private final KubernetesClient client;

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

    private InputStream output(PodFacts pod, long upTo) {
        var container =
                client.pods().inNamespace(pod.namespace()).withName(pod.name()).inContainer(pod.container());
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
