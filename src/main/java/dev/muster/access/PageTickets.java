package dev.muster.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the page that one job serves, and nothing else, to whoever has the ticket. What jobs serve is not trusted: a browser shows it
 * without a session, and so the address itself says who may see it. Given only to who may read the job; good for an hour.
 */
@Singleton
public class PageTickets {
    public static final Duration LIVES = Duration.ofHours(1);

    private static final String PURPOSE = "job-page";
    private static final Pattern TICKET = Pattern.compile("([a-z0-9-]{1,63})\\.(\\d{1,12})\\.([0-9a-f]{64})");

    private final Token token;
    /** People's minutes: the virtual clock would end them at once. */
    private final InstantSource clock;

    @Inject
    PageTickets(Token token) {
        this(token, InstantSource.system());
    }

    PageTickets(Token token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    /** A new one for the page of this job. */
    public String ticket(String job) {
        String content = job + "." + clock.instant().plus(LIVES).getEpochSecond();
        return content + "." + signature(content);
    }

    /** The job that the ticket is for; {@code good} where it is not over. Empty where it is not one of ours. */
    public Optional<Holder> holder(String ticket) {
        Matcher parts = TICKET.matcher(ticket);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String content = parts.group(1) + "." + parts.group(2);
        boolean ours = MessageDigest.isEqual(
                signature(content).getBytes(StandardCharsets.US_ASCII),
                parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return ours
                ? Optional.of(new Holder(
                        parts.group(1),
                        Long.parseLong(parts.group(2)) > clock.instant().getEpochSecond()))
                : Optional.empty();
    }

    /** Whose page a ticket opens. */
    public record Holder(String job, boolean good) {}

    private String signature(String content) {
        return HexFormat.of().formatHex(token.sign(PURPOSE, content));
    }
}
