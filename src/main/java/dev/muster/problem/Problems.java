package dev.muster.problem;

import dev.muster.api.Problem;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.UnreadableRow;
import dev.muster.postgres.Unstorable;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns whatever was thrown into a problem of RFC 9457. The only place that knows the status of a code. */
public final class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /** No default branch on purpose: a new code must say its status. */
    public static int status(Code code) {
        return switch (code) {
            case MALFORMED, UNKNOWN_FIELD, INVALID_PARAMETER, INVALID_PAGE_TOKEN -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, FOREIGN_ORIGIN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case INVALID_STATE, IN_USE, CONFLICT -> 409;
            case ETAG_MISMATCH -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case FOREIGN_HOST -> 421;
            case VALIDATION, IDEMPOTENCY_KEY_REUSED, QUOTA_IMPOSSIBLE, PLACEMENT_IMPOSSIBLE, LOCKED_FIELD -> 422;
            case ETAG_REQUIRED -> 428;
            case INTERNAL -> 500;
            case RUSH_SPENT -> 403;
            case TOO_MANY_CALLS -> 429;
            case DATABASE_UNAVAILABLE, CLUSTER_UNAVAILABLE, ISSUER_UNAVAILABLE -> 503;
        };
    }

    /** What the caller is told. {@code instance} is the path of the request, {@code traceId} finds it in the log. */
    public static Problem problem(MusterException thrown, String instance, @Nullable String traceId) {
        Code code = thrown.code();
        Duration retryAfter = thrown.retryAfter();
        return new Problem(
                "urn:muster:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                code.title(),
                status(code),
                thrown.getMessage(),
                MusterException.shown(instance),
                code.name(),
                thrown.faults().isEmpty()
                        ? null
                        : thrown.faults().stream()
                                .map(f -> new Problem.FieldError(
                                        f.pointer(), f.kind().name(), f.detail()))
                                .toList(),
                thrown.hints().isEmpty() ? null : thrown.hints(),
                retryAfter == null ? null : Math.toIntExact(retryAfter.toSeconds()),
                traceId);
    }

    /** What was thrown, in our words; empty where it is a surprise: then it is logged, and the caller told nothing of it. */
    public static Optional<MusterException> expected(Throwable thrown) {
        for (Throwable cause : causes(thrown)) {
            if (cause instanceof MusterException ours) {
                return Optional.of(ours);
            }
            if (cause instanceof ClusterUnavailable gone) {
                return Optional.of(MusterException.clusterUnavailable(gone));
            }
            if (cause instanceof UnreadableRow row) {
                return Optional.of(MusterException.unreadable(row));
            }
            if (cause instanceof WebApplicationException web) {
                return ofFramework(web);
            }
        }
        if (Unstorable.isIn(thrown)) {
            return found(
                    Code.MALFORMED, "A text holds a character that cannot be kept: NUL", "Remove the character NUL");
        }
        return DatabaseUnavailable.in(thrown).map(MusterException::databaseUnavailable);
    }

    /** An unexpected failure: the caller learns the trace id and nothing else. */
    public static MusterException internal(@Nullable String traceId) {
        return MusterException.ofFramework(
                Code.INTERNAL,
                "The service failed; it is a fault of the service, not of the request",
                "Report it with the trace id " + traceId + "; the service's log has the cause under it");
    }

    private static Optional<MusterException> ofFramework(WebApplicationException web) {
        int status = web.getResponse().getStatus();
        return switch (status) {
            case 400 -> found(Code.MALFORMED, "The request cannot be read");
            case 401 -> Optional.of(MusterException.unauthenticated("No credentials were sent"));
            case 403 -> found(Code.FORBIDDEN, "This actor may not do that");
            case 404 ->
                found(
                        Code.NOT_FOUND,
                        "There is nothing at this path",
                        "The paths are listed at /q/openapi and /q/swagger-ui");
            case 405 -> found(Code.METHOD_NOT_ALLOWED, "The path does not take this method", allowed(web));
            case 406 ->
                found(
                        Code.NOT_ACCEPTABLE,
                        "Nothing of what Accept names can be given",
                        "Send 'Accept: application/json'");
            case 413 -> found(Code.TOO_LARGE, "The body is too large", "Split it: a batch may hold fewer jobs");
            case 415 ->
                found(
                        Code.UNSUPPORTED_MEDIA_TYPE,
                        "The body has a type that is not taken",
                        "Send JSON with 'Content-Type: application/json'");
            default -> Optional.empty();
        };
    }

    private static Optional<MusterException> found(Code code, String detail, String... hints) {
        return Optional.of(MusterException.ofFramework(code, detail, hints));
    }

    private static String allowed(WebApplicationException web) {
        var methods = web.getResponse().getAllowedMethods();
        return methods.isEmpty() ? "See /q/openapi for what it takes" : "It takes " + String.join(", ", methods);
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = thrown; at != null && causes.size() < 20; at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }
}
