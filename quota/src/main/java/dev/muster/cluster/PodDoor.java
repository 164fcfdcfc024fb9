package dev.muster.cluster;

import java.net.URI;
import java.util.Map;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where HTTP that is meant for a port of a pod is sent: {@code address} without a slash at its end goes before its paths, {@code headers}
 * are for whoever stands there and not for the pod. {@code trust} and {@code key} null: as the machine has them.
 */
public record PodDoor(
        URI address,
        Map<String, String> headers,
        @Nullable X509TrustManager trust,
        @Nullable X509KeyManager key) {
    public PodDoor {
        headers = Map.copyOf(headers);
    }

    /** One that nobody stands at, on this machine. */
    public static PodDoor here(int port) {
        return new PodDoor(URI.create("http://127.0.0.1:" + port), Map.of(), null, null);
    }

    /** What stands before the pod's own paths in addresses that whoever stands there writes; may be nothing. */
    public String prefix() {
        return address.getRawPath();
    }
}
