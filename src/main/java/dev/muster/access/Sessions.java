package dev.muster.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens the pages in a browser: a code that works once, for some minutes, is exchanged for a session. A session is a signed
 * text with an end, so it outlives a restart; codes do not.
 */
@Singleton
public class Sessions {
    /** How long a code may be used. */
    public static final Duration CODE_LIVES = Duration.ofMinutes(5);
    /** How long a session lasts. */
    public static final Duration SESSION_LIVES = Duration.ofHours(12);

    private static final int MOST_CODES = 1_000;
    private static final String PURPOSE = "session";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> codes = new ConcurrentHashMap<>();
    private final Token token;
    /** People's minutes: the virtual clock would end them at once. */
    private final InstantSource clock;

    @Inject
    Sessions(Token token) {
        this(token, InstantSource.system());
    }

    Sessions(Token token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    /** What opens a session once, until {@code expiresAt}. */
    public record Code(String text, Instant expiresAt) {}

    /** A new code. */
    public Code newCode() {
        long now = clock.millis();
        codes.values().removeIf(end -> end < now);
        Iterator<String> oldest = codes.keySet().iterator();
        while (codes.size() >= MOST_CODES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
        String code = text();
        long end = now + CODE_LIVES.toMillis();
        codes.put(code, end);
        return new Code(code, Instant.ofEpochMilli(end));
    }

    /** A new session for a code, which is spent; null where it is not known, too old or spent. */
    public @Nullable String open(String code) {
        Long end = codes.remove(code);
        if (end == null || end < clock.millis()) {
            return null;
        }
        String content = clock.instant().plus(SESSION_LIVES).getEpochSecond() + "." + text();
        return content + "." + signature(content);
    }

    /** True where {@code sent} is a session of ours that has not ended. */
    public boolean isOpen(String sent) {
        int dot = sent.lastIndexOf('.');
        if (dot < 0 || sent.length() > 200) {
            return false;
        }
        String content = sent.substring(0, dot);
        boolean ours = MessageDigest.isEqual(
                signature(content).getBytes(StandardCharsets.UTF_8),
                sent.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
        return ours
                && Instant.ofEpochSecond(Long.parseLong(content.substring(0, content.indexOf('.'))))
                        .isAfter(clock.instant());
    }

    private String signature(String content) {
        return HexFormat.of().formatHex(token.sign(PURPOSE, content));
    }

    private String text() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
