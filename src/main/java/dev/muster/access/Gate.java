package dev.muster.access;

import dev.muster.Settings;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.problem.ProblemMapper;
import dev.muster.problem.ProblemText;
import dev.muster.problem.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Every request comes through here first, whatever it is for: it gets a trace id, its host and origin are checked, and who
 * sends it is found out. Health is open to all, so that whoever watches the service needs no secret.
 */
@ApplicationScoped
public class Gate {
    /** The cookie of the pages' session. */
    public static final String COOKIE = "muster-session";
    /** Where a one-time code is exchanged for a session. */
    public static final String SIGN_IN = "/sign-in";
    /** Before the name of an identity provider: where people are sent to it, and come back. */
    static final String SIGN_IN_WITH = SIGN_IN + "/with/";
    /** How the command may sign somebody in. */
    static final String SIGN_IN_ISSUERS = SIGN_IN + "/issuers";
    /** Where the form of a new password goes. */
    static final String CHOOSE = SIGN_IN + "/password";
    /** Where the form of another password goes, of who has one. */
    static final String CHANGE = CHOOSE + "/change";
    /** Where a session ends. */
    static final String SIGN_OUT = "/sign-out";

    /** What jobs serve themselves, shown to who has a ticket: see {@link PageTickets}. */
    public static final String JOB_PAGES = "/job-pages/";

    /** What sessions serve, for who has a ticket: see {@link SessionTickets}. */
    public static final String JOB_SESSIONS = "/job-sessions/";

    /** Largest body that is taken, in bytes. */
    public static final long MOST_BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger("dev.muster.calls");
    private static final int BEFORE_ALL_OTHERS = 10_000;
    private static final String HEALTH = "/q/health";
    private static final String REST = "/api/";
    /** Style and scripts of the pages, the one for who is not signed in among them. */
    private static final String ASSETS = "/assets/";
    /** What pods are handed: each address is signed, and is the secret. */
    public static final String HANDOUTS = "/handouts/";

    /** Where files are taken, whose readers know how large they may be. */
    private static final Pattern UPLOAD = Pattern.compile("/api/v1/teams/[^/]+/(artifacts/[^/]+|runs)");

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Access access;
    private final Token token;
    private final IssuedTokens issued;
    private final Guests guests;
    private final Issuers issuers;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Rates rates;
    private final NoDuty noDuty;
    private final Authority authority;
    private final long mostOfAnArtifact;

    Gate(
            Access access,
            Token token,
            IssuedTokens issued,
            Guests guests,
            Issuers issuers,
            Accounts accounts,
            Sessions sessions,
            Rates rates,
            NoDuty noDuty,
            Settings settings) {
        this.noDuty = noDuty;
        this.rates = rates;
        this.guests = guests;
        this.issuers = issuers;
        this.access = access;
        this.token = token;
        this.issued = issued;
        this.accounts = accounts;
        this.sessions = sessions;
        this.mostOfAnArtifact = settings.artifacts().mostBytes().asLongValue();
        this.authority = Authority.of(
                settings.access().hosts().orElse(List.of()),
                settings.access().origins().orElse(List.of()));
    }

    void stand(@Observes Filters filters) {
        filters.register(this::pass, BEFORE_ALL_OTHERS);
    }

    private void pass(RoutingContext call) {
        String traceId = Trace.of(call.request().getHeader("traceparent"));
        MDC.put(ProblemMapper.TRACE_ID, traceId);
        call.response().putHeader("Muster-Trace-Id", traceId);
        PageHeaders.add(call);
        try {
            if (!isJobPage(call)) {
                SentPath.refuseOdd(call.request().uri());
            }
            if (isHealth(call) || isJobPage(call)) {
                // Nothing of anybody's, or what its address is the secret of: it matters not which page asks.
                call.request().headers().remove("Origin");
            }
            if (!isHealth(call)) {
                refuseForeign(call);
                refuseTooLarge(call);
                if (isPreflight(call)) {
                    // Its origin may call, and the framework tells the browser so; there is nothing yet to know anybody
                    // by.
                    call.next();
                    return;
                }
                if (isJobSession(call)) {
                    // Its ticket says who it is. Whatever else comes along is between the browser and the session.
                    call.put(Caller.KEY, Actor.NOBODY);
                    call.next();
                    return;
                }
                String bearer = bearer(call);
                if (bearer != null && IssuedTokens.isOne(bearer) && !token.matches(bearer)) {
                    passLater(call, blocking(call, () -> issued.actor(bearer).orElseThrow(Gate::notGood)), traceId);
                    return;
                }
                if (bearer != null && guests.mayBeOne(bearer)) {
                    call.request().pause();
                    passLater(call, guests.actor(call, bearer), traceId);
                    return;
                }
                String session = bearer == null ? session(call) : null;
                if (session != null && session.startsWith(Accounts.SESSION)) {
                    passLater(call, blocking(call, () -> ofSession(call, accounts.actor(session))), traceId);
                    return;
                }
                enter(call, bearer == null ? ofCookie(call) : ofToken(bearer));
            }
        } catch (MusterException e) {
            refuse(call, e, traceId);
            return;
        }
        call.next();
    }

    /** The database is asked, which must not be on the thread that serves all others; the body waits meanwhile. */
    private static Future<Actor> blocking(RoutingContext call, Callable<Actor> known) {
        call.request().pause();
        return call.vertx().executeBlocking(known, false);
    }

    private void passLater(RoutingContext call, Future<Actor> known, String traceId) {
        known.onComplete(asked -> {
            MDC.put(ProblemMapper.TRACE_ID, traceId);
            call.request().resume();
            try {
                if (asked.failed()) {
                    throw Problems.expected(asked.cause()).orElseThrow(() -> broken(asked.cause(), traceId));
                }
                enter(call, asked.result());
            } catch (MusterException e) {
                refuse(call, e, traceId);
                return;
            }
            call.next();
        });
    }

    private static MusterException broken(Throwable cause, String traceId) {
        LOG.errorf(cause, "A token could not be looked up, trace %s", traceId);
        return Problems.internal(traceId);
    }

    /** One answer for a token that never was, has expired or was revoked: who guesses learns nothing. */
    private static MusterException notGood() {
        return MusterException.unauthenticated("The bearer token is not good: not known, expired or revoked");
    }

    private void enter(RoutingContext call, Actor actor) {
        call.put(Caller.KEY, actor);
        // A page of a job's own may be of very many files; who opens it was found out by whoever shows it.
        if (!call.normalizedPath().startsWith(ASSETS) && !isJobPage(call)) {
            rates.take(call, actor);
        }
        if (!isOpen(call)) {
            ask(call, actor);
        }
        note(call, actor);
    }

    private void refuseForeign(RoutingContext call) {
        HttpServerRequest request = call.request();
        List<String> hosts = request.headers().getAll("Host");
        String host = hosts.isEmpty() && request.authority() != null
                ? request.authority().toString()
                : String.join(",", hosts);
        if (!authority.isOurs(host, request.localAddress().port())) {
            throw MusterException.foreignHost(host);
        }
        // The request line may name a whole address, as for a proxy: then it must be this one.
        String line = request.uri();
        if (line.contains("://") && !line.startsWith("/") && !line.startsWith(request.scheme() + "://" + host + "/")) {
            throw MusterException.foreignHost(line);
        }
        if (isJobPage(call)) {
            // Shown without any origin of its own; its address is the secret, and only looking is possible.
            return;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !authority.mayCall(origin, host)) {
            throw MusterException.foreignOrigin(origin);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        // A one-time link may be followed from anywhere: its code is the secret. An allowed origin is allowed.
        // Providers lead people back to us from their own pages, with a state that only their browser has.
        String path = call.normalizedPath();
        if (foreign && origin == null && !path.equals(SIGN_IN) && !path.startsWith(SIGN_IN_WITH)) {
            throw MusterException.foreignOrigin(site);
        }
    }

    /** Before any of it is read; a body that does not say its length is counted by its reader. */
    private void refuseTooLarge(RoutingContext call) {
        String length = call.request().getHeader("Content-Length");
        long most = UPLOAD.matcher(call.normalizedPath()).matches() ? mostOfAnArtifact + MOST_BYTES : MOST_BYTES;
        if (length != null && (length.length() > 18 || Long.parseLong(length) > most)) {
            throw MusterException.tooLarge(most);
        }
    }

    /** Null where none was sent. */
    private static @Nullable String bearer(RoutingContext call) {
        String authorization = call.request().getHeader("Authorization");
        if (authorization == null) {
            return null;
        }
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : "";
    }

    private Actor ofToken(String bearer) {
        if (!token.matches(bearer)) {
            throw MusterException.unauthenticated("The bearer token is not one of this installation");
        }
        return Actor.OPERATOR;
    }

    private Actor ofCookie(RoutingContext call) {
        String session = session(call);
        return ofSession(
                call, session != null && sessions.isOpen(session) ? Optional.of(Actor.PAGES) : Optional.empty());
    }

    private static Actor ofSession(RoutingContext call, Optional<Actor> known) {
        if (known.isPresent() && !SAFE.contains(call.request().method()) && !isFromOurPage(call.request())) {
            // The browser adds the cookie to whatever is sent here; only our own pages may change something with it.
            throw MusterException.foreignOrigin("unknown");
        }
        return known.orElse(Actor.NOBODY);
    }

    private static @Nullable String session(RoutingContext call) {
        Cookie cookie = call.request().getCookie(COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    /** Browsers say where a form comes from; the origin, where one was sent, has been looked at. */
    static boolean isFromOurPage(HttpServerRequest request) {
        return request.getHeader("Origin") != null || "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** REST methods say themselves what they ask; all else is the service. Nobody may ask at all. */
    private void ask(RoutingContext call, Actor actor) {
        String path = call.normalizedPath();
        if (actor.kind() == Actor.Kind.NOBODY || !path.startsWith(REST)) {
            access.require(actor, Verb.READ, new Resource(kind(path), null, path));
        }
    }

    /** What is shown past the REST methods, which say themselves what they ask. */
    private static Resource.Kind kind(String path) {
        if (path.startsWith("/q/metrics")) {
            return Resource.Kind.METRICS;
        }
        // The pages say themselves what they ask.
        return Resource.Kind.SERVICE;
    }

    private static boolean isPreflight(RoutingContext call) {
        HttpServerRequest request = call.request();
        return request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static boolean isHealth(RoutingContext call) {
        String path = call.normalizedPath();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private static boolean isOpen(RoutingContext call) {
        String path = call.normalizedPath();
        return Set.of(SIGN_IN, SIGN_IN_ISSUERS, CHOOSE, CHANGE, SIGN_OUT).contains(path)
                || path.startsWith(SIGN_IN_WITH)
                || path.startsWith(ASSETS)
                || path.startsWith(HANDOUTS)
                || isJobPage(call);
    }

    static boolean isJobPage(RoutingContext call) {
        return isBelow(call, JOB_PAGES) || isJobSession(call);
    }

    static boolean isJobSession(RoutingContext call) {
        return isBelow(call, JOB_SESSIONS);
    }

    private static boolean isBelow(RoutingContext call, String path) {
        return call.normalizedPath().startsWith(path) && call.request().path().startsWith(path);
    }

    /** One line for every call that may have changed something. */
    private static void note(RoutingContext call, Actor actor) {
        if (SAFE.contains(call.request().method()) || !LOG.isInfoEnabled()) {
            return;
        }
        long began = System.nanoTime();
        call.addEndHandler(end -> LOG.infof(
                "call method=%s path=%s actor=%s status=%d millis=%d trace=%s",
                call.request().method(),
                MusterException.shown(call.request().path()),
                actor.name(),
                call.response().getStatusCode(),
                (System.nanoTime() - began) / 1_000_000,
                call.response().headers().get("Muster-Trace-Id")));
    }

    private void refuse(RoutingContext call, MusterException why, String traceId) {
        MusterException refused = why;
        if (why.code() == Code.UNAUTHENTICATED && call.get(Caller.KEY) == null) {
            try {
                rates.takeOfStranger(call);
            } catch (MusterException tooMany) {
                refused = tooMany;
            }
        }
        ProblemText problem = ProblemText.of(refused, call.request().path(), traceId);
        boolean page = (problem.status() == 401 || problem.status() == 403) && PageHeaders.isForPeople(call);
        if (problem.status() == 401) {
            call.response().putHeader("WWW-Authenticate", "Bearer realm=\"muster\"");
        }
        Duration wait = refused.retryAfter();
        if (wait != null) {
            call.response().putHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        }
        call.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", page ? "text/html;charset=UTF-8" : Problems.MEDIA_TYPE)
                // What is left of a body that is not wanted is not read.
                .putHeader("Connection", call.request().isEnded() ? "keep-alive" : "close")
                .end(page ? page(call, problem.status(), refused) : problem.json());
    }

    private String page(RoutingContext call, int status, MusterException refused) {
        Actor actor = call.get(Caller.KEY);
        if (status == 401 || actor == null) {
            return SignInPages.form(issuers.all(), null);
        }
        return noDuty.hint(actor).isPresent()
                ? SignInPages.noDuty(actor.name(), noDuty.whom())
                : SignInPages.notForYou(refused.getMessage());
    }
}
