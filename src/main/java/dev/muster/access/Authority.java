package dev.muster.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By which names the service may be called. A browser that was led here by a foreign name (DNS rebinding) says that name as
 * Host; a page of another origin says its own as Origin.
 */
record Authority(Set<String> hosts, Set<String> origins) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** {@code hosts} with or without a port (without: any), {@code origins} as browsers write them. */
    static Authority of(Collection<String> hosts, Collection<String> origins) {
        return new Authority(Set.copyOf(lower(hosts)), Set.copyOf(lower(origins)));
    }

    /** True where {@code host} (name and port) is ours; {@code port} is the one that the connection came to. */
    boolean isOurs(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        String sent = host.toLowerCase(Locale.ROOT);
        int colon = sent.endsWith("]") ? -1 : sent.lastIndexOf(':');
        String name = colon < 0 ? sent : sent.substring(0, colon);
        String number = colon < 0 ? "80" : sent.substring(colon + 1);
        return (LOOPBACK.contains(name) && number.equals(Integer.toString(port)))
                || hosts.contains(sent)
                || hosts.contains(name);
    }

    /** True where a page of {@code origin} may call; {@code host} is what the request was sent to. */
    boolean mayCall(String origin, String host) {
        String sent = origin.toLowerCase(Locale.ROOT);
        String own = host.toLowerCase(Locale.ROOT);
        return sent.equals("http://" + own) || sent.equals("https://" + own) || origins.contains(sent);
    }

    private static List<String> lower(Collection<String> texts) {
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).toList();
    }
}
