package dev.muster.web;

import dev.muster.cluster.PageAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page that a job serves as it is shown below {@code base}, an address of the service without a slash at its end. */
record ShownPage(int status, String contentType, @Nullable String location, byte[] body) {
    private static final Pattern HEAD = Pattern.compile("(?i)<head[^>]*>");
    /** A page without an origin has no storage, which Spark's scripts take for granted. */
    private static final String STORAGE = """
            <script>for (const name of ['localStorage', 'sessionStorage']) { try { window[name]; } catch (e) {
            const kept = new Map();
            Object.defineProperty(window, name, {value: {getItem: key => kept.has(String(key)) ? kept.get(String(key)) : null,
            setItem: (key, value) => { kept.set(String(key), String(value)); }, removeItem: key => { kept.delete(String(key)); },
            clear: () => kept.clear(), key: n => [...kept.keys()][n] ?? null, get length() { return kept.size; }}}); } }</script>""";

    static ShownPage of(PageAnswer answer, String base) {
        String location = answer.location().map(to -> below(to, base)).orElse(null);
        boolean page = answer.contentType().toLowerCase(Locale.ROOT).startsWith("text/html");
        return new ShownPage(
                answer.status(), answer.contentType(), location, page ? storing(answer.body()) : answer.body());
    }

    /** Wherever the pod leads, it is to itself: a page cannot lead out of its own address. */
    private static String below(String location, String base) {
        String path = location.replaceFirst("^[a-zA-Z][-+.a-zA-Z0-9]*:", "").replaceFirst("^//[^/?#]*", "");
        String rooted = path.startsWith("/") ? path : "/" + path;
        String safe = URI.create(rooted.replaceAll("[^!-~]", "")).toASCIIString();
        return safe.equals(base) || safe.startsWith(base + "/") ? safe : base + safe;
    }

    private static byte[] storing(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        Matcher head = HEAD.matcher(text);
        return head.find()
                ? (text.substring(0, head.end()) + STORAGE + text.substring(head.end()))
                        .getBytes(StandardCharsets.UTF_8)
                : body;
    }
}
