package dev.muster.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets one person into one session, as {@link PageTickets} do with pages that are only looked at: the browser shows a stranger's page
 * without our cookie, and so the address says who comes. Good for a working day, and no longer than the session runs.
 */
@Singleton
public class SessionTickets {
    public static final Duration LIVES = Duration.ofHours(12);

    private static final String PURPOSE = "job-session";
    private static final Pattern TICKET =
            Pattern.compile("([a-z0-9-]{1,63})\\.([A-Za-z0-9_-]{1,1024})\\.(\\d{1,12})\\.([0-9a-f]{64})");

    private final Token token;
    /** People's hours: the virtual clock would end them at once. */
    private final InstantSource clock;

    @Inject
    SessionTickets(Token token) {
        this(token, InstantSource.system());
    }

    SessionTickets(Token token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    /** A new one for this person and the session that this job is. */
    public String ticket(String job, String person) {
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(person.getBytes(StandardCharsets.UTF_8));
        String content = job + "." + name + "." + clock.instant().plus(LIVES).getEpochSecond();
        return content + "." + signature(content);
    }

    /** Whom it lets in where; empty where it is not one of ours. */
    public Optional<Holder> holder(String ticket) {
        Matcher parts = TICKET.matcher(ticket);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String content = parts.group(1) + "." + parts.group(2) + "." + parts.group(3);
        boolean ours = MessageDigest.isEqual(
                signature(content).getBytes(StandardCharsets.US_ASCII),
                parts.group(4).getBytes(StandardCharsets.US_ASCII));
        return ours
                ? Optional.of(new Holder(
                        parts.group(1),
                        new String(Base64.getUrlDecoder().decode(parts.group(2)), StandardCharsets.UTF_8),
                        Long.parseLong(parts.group(3)) > clock.instant().getEpochSecond()))
                : Optional.empty();
    }

    /** Who may use which session; {@code good} where it is not over. */
    public record Holder(String job, String person, boolean good) {}

    private String signature(String content) {
        return HexFormat.of().formatHex(token.sign(PURPOSE, content));
    }
}
