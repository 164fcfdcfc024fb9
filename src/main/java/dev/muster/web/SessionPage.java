package dev.muster.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of a session as it is shown below {@code base}: it has no origin, and so gets in memory what its scripts take for granted. */
final class SessionPage {
    /** A longer one is handed on as it is, piece by piece. */
    static final int MOST_BYTES = 4 << 20;

    private static final Pattern HEAD = Pattern.compile("(?i)<head[^>]*>");
    private static final String MEMORY = """
            <script>for (const name of ['localStorage', 'sessionStorage']) { try { window[name]; } catch (e) {
            const kept = new Map();
            Object.defineProperty(window, name, {value: {getItem: key => kept.has(String(key)) ? kept.get(String(key)) : null,
            setItem: (key, value) => { kept.set(String(key), String(value)); }, removeItem: key => { kept.delete(String(key)); },
            clear: () => kept.clear(), key: n => [...kept.keys()][n] ?? null, get length() { return kept.size; }}}); } }
            try { document.cookie; } catch (e) { const kept = new Map();
            Object.defineProperty(document, 'cookie', {get: () => [...kept].map(one => one.join('=')).join('; '),
            set: text => { const [name, value] = String(text).split(';')[0].split('='); kept.set(name.trim(), value ?? ''); }}); }
            </script>""";

    private SessionPage() {}

    /** A page that can be read: one that is packed is left as it is. */
    static boolean is(@Nullable String contentType, @Nullable String contentEncoding) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("text/html")
                && (contentEncoding == null || contentEncoding.equalsIgnoreCase("identity"));
    }

    /**
     * Addresses that the pod, or whoever reaches it, has written into it lead to where it is shown; {@code before} stands at their beginning.
     * Bytes stay bytes, in whatever charset.
     */
    static byte[] shown(byte[] body, String base, List<String> before) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String prefix : before) {
            text = text.replace(prefix, base);
        }
        Matcher head = HEAD.matcher(text);
        if (head.find()) {
            text = text.substring(0, head.end()) + MEMORY + text.substring(head.end());
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
