package dev.muster.problem;

import dev.muster.postgres.UnreadableRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a caller did wrong or the service cannot do now: a stable {@link Code}, a sentence with the value and what was expected,
 * and hints on how to mend it. Nothing was changed when it is thrown.
 */
public final class MusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 80;

    private final Code code;
    private final transient List<Fault> faults;
    private final transient List<String> hints;
    private final @Nullable Duration retryAfter;

    private MusterException(
            Code code,
            String detail,
            List<Fault> faults,
            List<String> hints,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        // An answer to a caller: the stack says nothing that the code does not, and filling it costs more than the
        // answer.
        super(detail, cause, false, cause != null);
        this.code = code;
        this.faults = List.copyOf(faults);
        this.hints = List.copyOf(hints);
        this.retryAfter = retryAfter;
    }

    public static MusterException malformed(String pointer, String detail, String... hints) {
        return refused(Code.MALFORMED, detail, List.of(new Fault(pointer, Fault.Kind.BAD_VALUE, detail)), hints);
    }

    /** One or more faults in the body; where all are of one special kind, that is the code of the whole. */
    public static MusterException invalid(Collection<Fault> faults, int untold) {
        Set<Fault.Kind> kinds = faults.stream().map(Fault::kind).collect(Collectors.toSet());
        Code code = kinds.size() > 1 ? Code.VALIDATION : codeOf(kinds.iterator().next());
        int count = faults.size() + untold;
        Fault first = faults.iterator().next();
        String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        String detail = count == 1
                ? where + first.detail()
                : "%d faults; the first: %s%s%s"
                        .formatted(count, where, first.detail(), untold > 0 ? " (" + untold + " are not listed)" : "");
        List<String> hints = faults.stream()
                .map(Fault::hint)
                .filter(hint -> hint != null)
                .distinct()
                .limit(10)
                .toList();
        return new MusterException(code, detail, List.copyOf(faults), hints, null, null);
    }

    public static MusterException invalid(Fault fault) {
        return invalid(List.of(fault), 0);
    }

    public static MusterException invalidParameter(String name, String value, String expected) {
        return refused(Code.INVALID_PARAMETER, "Bad %s '%s': expected %s".formatted(name, shown(value), expected));
    }

    public static MusterException invalidPageToken() {
        return refused(
                Code.INVALID_PAGE_TOKEN,
                "The page token was not given for this list with these parameters",
                "Repeat the parameters of the first page together with its nextPageToken, or start without a token");
    }

    public static MusterException unauthenticated(String detail) {
        return refused(
                Code.UNAUTHENTICATED,
                detail,
                "Send 'Authorization: Bearer TOKEN'; the token is in the file 'token' of the service's data directory");
    }

    public static MusterException forbidden(String actor, String verb, String resource) {
        return refused(Code.FORBIDDEN, "%s may not %s %s".formatted(shown(actor), verb, shown(resource)));
    }

    public static MusterException foreignOrigin(String origin) {
        return refused(
                Code.FOREIGN_ORIGIN,
                "A page of '%s' may not call this service".formatted(shown(origin)),
                "Open the service's own pages, or add the origin to the setting muster.access.origins");
    }

    public static MusterException foreignHost(String host) {
        return refused(
                Code.FOREIGN_HOST,
                "The service does not answer for host '%s'".formatted(shown(host)),
                "Use 127.0.0.1 or localhost, or add the name to the setting muster.access.hosts");
    }

    public static MusterException notFound(String kind, String name) {
        return refused(Code.NOT_FOUND, "There is no %s '%s'".formatted(kind, shown(name)));
    }

    public static MusterException pageGone(String job) {
        return refused(
                Code.NOT_FOUND,
                "Job '%s' has ended: Spark's page went with its driver, and no history server is named"
                        .formatted(shown(job)),
                "An operator names one with muster.links.spark-ui; what the driver wrote is kept: muster logs "
                        + shown(job));
    }

    public static MusterException sessionOver(String job, String state) {
        return refused(
                Code.NOT_FOUND,
                "Session '%s' is over: it is %s".formatted(shown(job), state),
                "Start another one: muster jobs rerun, or muster session start");
    }

    public static MusterException sessionOfAnother(String actor, String job, String owner) {
        return refused(
                Code.FORBIDDEN,
                "'%s' may not use session '%s': it is %s's alone".formatted(actor, shown(job), owner),
                "Start one of your own; who may cancel its job may end it");
    }

    public static MusterException notPlannedYet() {
        return refused(
                Code.NOT_FOUND,
                "This replica has not planned yet, or another one plans",
                "Ask again in a moment, or ask the replica that plans");
    }

    /** {@code possible} are the verbs that the thing would take now. */
    public static MusterException invalidState(
            String kind, String name, String state, String verb, Collection<String> possible) {
        return refused(
                Code.INVALID_STATE,
                "%s '%s' is %s: %s is not possible".formatted(kind, shown(name), state, verb),
                possible.isEmpty() ? "Nothing can be done with it" : "Possible now: " + String.join(", ", possible));
    }

    public static MusterException inUse(String kind, String name, String by) {
        return inUse(kind, name, by, "Remove or move what uses it first");
    }

    public static MusterException inUse(String kind, String name, String by, String hint) {
        return refused(Code.IN_USE, "%s '%s' is used by %s".formatted(kind, shown(name), by), hint);
    }

    public static MusterException conflict(String kind, String name) {
        return refused(
                Code.CONFLICT,
                "%s '%s' was changed at the same time".formatted(kind, shown(name)),
                "Read it again and repeat the request");
    }

    public static MusterException etagMismatch(String kind, String name, String sent, @Nullable String current) {
        return refused(
                Code.ETAG_MISMATCH,
                current == null
                        ? "There is no %s '%s', If-Match says %s".formatted(kind, shown(name), shown(sent))
                        : "%s '%s' is at version %s, If-Match says %s"
                                .formatted(kind, shown(name), current, shown(sent)),
                "Read it again, apply your change to what you get, and send its etag as If-Match");
    }

    public static MusterException etagRequired(String kind, String name) {
        return refused(
                Code.ETAG_REQUIRED,
                "%s '%s' exists: changing it needs If-Match".formatted(kind, shown(name)),
                "Send the etag that you read as If-Match, or 'If-Match: *' to overwrite whatever is there");
    }

    public static MusterException tooLarge(long most) {
        return refused(
                Code.TOO_LARGE,
                "The body is larger than %d bytes".formatted(most),
                "Split it: a batch may hold fewer jobs");
    }

    public static MusterException idempotencyKeyReused(String key) {
        return refused(
                Code.IDEMPOTENCY_KEY_REUSED,
                "Idempotency-Key '%s' was sent with another request in the last 24 hours".formatted(shown(key)),
                "Use a new key for each new request; the same key only to repeat the very same one");
    }

    public static MusterException databaseUnavailable(@Nullable Throwable cause) {
        return unavailable(Code.DATABASE_UNAVAILABLE, "The database does not answer", cause);
    }

    public static MusterException clusterUnavailable(Throwable cause) {
        return unavailable(Code.CLUSTER_UNAVAILABLE, "The cluster does not answer", cause);
    }

    /** A team has fewer of them left; {@code nextAt} null: never so many at once. */
    public static MusterException rushSpent(String team, int wanted, @Nullable Integer left, @Nullable Instant nextAt) {
        return refused(
                Code.RUSH_SPENT,
                "Team '%s' asks %d jobs that may evict others, and has %d left for you; %s"
                        .formatted(
                                team,
                                wanted,
                                left,
                                nextAt == null
                                        ? "so many at once it never has"
                                        : "the next is free at " + nextAt.truncatedTo(ChronoUnit.SECONDS)),
                "Take a class that evicts nobody, such as exceptional, or ask an operator for a larger spec.rush of the team");
    }

    /** Somebody calls more often than they may; {@code wait}: until the next call. */
    public static MusterException tooMany(Duration wait) {
        return new MusterException(
                Code.TOO_MANY_CALLS,
                "You call more often than you may",
                List.of(),
                List.of(
                        "Wait for the time in Retry-After; submit many jobs in one request, and follow events instead of asking again"),
                wait,
                null);
    }

    /** Somebody's identity provider; nothing was done in their name. */
    public static MusterException issuerUnavailable(String issuer, Throwable cause) {
        return unavailable(
                Code.ISSUER_UNAVAILABLE, "The identity provider %s does not answer".formatted(shown(issuer)), cause);
    }

    /** One row of the database is damaged, or of a newer service; its cause is for the log. */
    public static MusterException unreadable(UnreadableRow row) {
        return new MusterException(
                Code.INTERNAL,
                row.getMessage() + ": it is damaged, or a newer service wrote it",
                List.of(),
                List.of("Only an operator can mend it: muster doctor and the service's log say what is wrong with it"),
                null,
                row);
    }

    /** A problem that the framework found: a method, a media type, an unknown path. */
    static MusterException ofFramework(Code code, String detail, String... hints) {
        return refused(code, detail, hints);
    }

    /** At most 80 characters of {@code value}, without control characters: what a caller sent must not forge logs. */
    public static String shown(String value) {
        String cut = value.length() > LONGEST_SHOWN
                ? value.substring(0, LONGEST_SHOWN) + "… (" + value.length() + " characters)"
                : value;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        ? '\uFFFD'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The known name that {@code unknown} was probably meant to be, as a hint, or null. */
    public static @Nullable String didYouMean(String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> Spelling.distance(unknown, name) <= Math.max(1, Math.min(unknown.length(), 9) / 3))
                .min(java.util.Comparator.comparingInt((String name) -> Spelling.distance(unknown, name))
                        .thenComparing(name -> name))
                .map(name -> "Did you mean '" + name + "'?")
                .orElse(
                        known.isEmpty() || known.size() > 20
                                ? null
                                : "Known: " + String.join(", ", new TreeSet<>(known)));
    }

    public Code code() {
        return code;
    }

    public List<Fault> faults() {
        return faults;
    }

    public List<String> hints() {
        return hints;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    private static Code codeOf(Fault.Kind kind) {
        return switch (kind) {
            case UNKNOWN_FIELD -> Code.UNKNOWN_FIELD;
            case WRONG_TYPE -> Code.MALFORMED;
            case LOCKED -> Code.LOCKED_FIELD;
            case QUOTA_IMPOSSIBLE -> Code.QUOTA_IMPOSSIBLE;
            case PLACEMENT_IMPOSSIBLE -> Code.PLACEMENT_IMPOSSIBLE;
            case REQUIRED,
                    BAD_VALUE,
                    TOO_LONG,
                    TOO_MANY,
                    DUPLICATE,
                    CONTRADICTION,
                    RESERVED,
                    UNKNOWN_REFERENCE,
                    NOT_ALLOWED -> Code.VALIDATION;
        };
    }

    private static MusterException refused(Code code, String detail, String... hints) {
        return refused(code, detail, List.of(), hints);
    }

    private static MusterException refused(Code code, String detail, List<Fault> faults, String... hints) {
        return new MusterException(code, detail, faults, List.of(hints), null, null);
    }

    private static MusterException unavailable(Code code, String detail, @Nullable Throwable cause) {
        return new MusterException(
                code,
                detail,
                List.of(),
                List.of("Nothing is lost; repeat the request after the time in Retry-After"),
                Duration.ofSeconds(5),
                cause);
    }
}
