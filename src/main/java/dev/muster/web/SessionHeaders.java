package dev.muster.web;

import io.vertx.core.MultiMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which headers pass between a browser and a session. What is Muster's (who somebody is, cookies of its origin, what browsers may do
 * with an answer) stays on its own side; what is of one connection stays on that connection.
 */
final class SessionHeaders {
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect");
    /** The browser's sockets are not compressed on this way; all else of a handshake passes. */
    private static final Set<String> OURS = Set.of(
            "host",
            "authorization",
            "cookie",
            "origin",
            "referer",
            "forwarded",
            "x-real-ip",
            "sec-websocket-extensions",
            "traceparent",
            "tracestate");

    private static final Set<String> ANSWERED = Set.of(
            "accept-ranges",
            "allow",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "etag",
            "last-modified",
            "retry-after",
            "sec-websocket-accept",
            "sec-websocket-protocol",
            "vary");
    private static final Set<String> ANSWERED_BY_US =
            Set.of("x-frame-options", "x-content-type-options", "x-xss-protection");

    private SessionHeaders() {}

    /** What the pod is sent; {@code base} is where its page is shown. */
    static void ask(MultiMap sent, MultiMap to, String base) {
        Set<String> named = named(sent);
        for (Map.Entry<String, String> header : sent) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean stays = OF_ONE_CONNECTION.contains(name)
                    || OURS.contains(name)
                    || named.contains(name)
                    || name.startsWith("x-forwarded-")
                    || name.startsWith("sec-fetch-");
            if (!stays) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (sent.contains("Transfer-Encoding")) {
            to.remove("Content-Length");
        }
        to.set("X-Forwarded-Prefix", base);
        to.set("X-Forwarded-Context", base);
    }

    /** What the browser is answered that has asked for {@code path}; {@code before}: what may stand before the pod's own paths. */
    static void answer(MultiMap answered, MultiMap to, String path, String base, List<String> before) {
        Set<String> named = named(answered);
        for (Map.Entry<String, String> header : answered) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean passes = ANSWERED.contains(name) || (name.startsWith("x-") && !ANSWERED_BY_US.contains(name));
            if (passes && !named.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (answered.contains("Transfer-Encoding")) {
            to.remove("Content-Length");
        }
        String location = answered.get("Location");
        if (location != null) {
            to.set("Location", below(location, path, base, before));
        }
    }

    /** Wherever the session leads from {@code at}, it is to itself. */
    static String below(String location, String at, String base, List<String> before) {
        String path = location.replaceFirst("^[a-zA-Z][-+.a-zA-Z0-9]*:", "").replaceFirst("^[/\\\\]{2}[^/?#\\\\]*", "");
        String plain = path.replaceAll("[^!-~]", "").replace('\\', '/');
        boolean whole = !path.equals(location);
        String rooted = rooted(whole && !plain.startsWith("/") ? "/" + plain : plain, at);
        String own = before.stream()
                .filter(prefix -> rooted.matches(Pattern.quote(prefix) + "([/?#].*)?"))
                .findFirst()
                .map(prefix -> rooted.substring(prefix.length()))
                .orElse(rooted);
        String shown = own.startsWith("/") ? own : "/" + own;
        return shown.equals(base) || shown.startsWith(base + "/") ? shown : base + shown;
    }

    private static String rooted(String path, String at) {
        String here = at.split("[?#]", 2)[0];
        String from = path.startsWith("/")
                ? path
                : path.startsWith("?") || path.startsWith("#")
                        ? here + path
                        : here.substring(0, here.lastIndexOf('/') + 1) + path;
        String[] parts = from.split("(?=[?#])", 2);
        Deque<String> steps = new ArrayDeque<>();
        for (String step : parts[0].split("/", -1)) {
            String plain = step.replaceAll("(?i)%2e", ".");
            if (plain.equals("..")) {
                steps.pollLast();
            } else if (!plain.equals(".")
                    && !(step.isEmpty() && !steps.isEmpty() && steps.peekLast().isEmpty())) {
                steps.addLast(step);
            }
        }
        String whole = String.join("/", steps);
        return (whole.startsWith("/") ? whole : "/" + whole) + (parts.length > 1 ? parts[1] : "");
    }

    /** Those that {@code Connection} names are of one connection too. */
    private static Set<String> named(MultiMap headers) {
        Set<String> named = new HashSet<>();
        for (String value : headers.getAll("Connection")) {
            List.of(value.split(",")).forEach(name -> named.add(name.strip().toLowerCase(Locale.ROOT)));
        }
        return named;
    }
}
