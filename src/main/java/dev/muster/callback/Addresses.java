package dev.muster.callback;

import dev.muster.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which addresses may be told: what a job names is somebody else's word, and the service stands where its author does not. */
@ApplicationScoped
public class Addresses {
    private static final int LONGEST = 2_000;

    private final Optional<List<String>> hosts;

    Addresses(Settings settings) {
        this.hosts = settings.callbacks().hosts();
    }

    /** @throws IllegalArgumentException where it is none, or none that may be told */
    public String checked(String url) {
        String host = URI.create(wellFormed(url)).getHost().toLowerCase(Locale.ROOT);
        if (hosts.isPresent() && hosts.get().stream().noneMatch(one -> host.equals(one) || host.endsWith("." + one))) {
            throw new IllegalArgumentException(
                    "'%s': the host '%s' is none of muster.callbacks.hosts".formatted(url, host));
        }
        return url;
    }

    /** @throws IllegalArgumentException where it is no address on the web */
    public static String wellFormed(String url) {
        URI uri = url.length() > LONGEST ? null : parsed(url);
        boolean web = uri != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        if (uri == null || !web || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'%s': expected an address such as https://example.com/hook, without a user and at most %d characters long"
                            .formatted(url.length() > 80 ? url.substring(0, 80) + "…" : url, LONGEST));
        }
        return url;
    }

    /** Where the host is now. Addresses that only the machine's own network knows, such as the cloud's metadata, are never told. */
    static void refuseLocal(URI uri) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                throw new UnknownHostException(
                        "%s is %s, which is never told".formatted(uri.getHost(), address.getHostAddress()));
            }
        }
    }

    private static @org.jspecify.annotations.Nullable URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
