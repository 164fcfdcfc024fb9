package dev.muster.access;

import dev.muster.rights.Subject;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions: by the code of a one-time link of the installation's, by name and password, by choosing a password with a
 * link. The cookie can be used by no script and no other site; forms are taken only from our own pages.
 */
@ApplicationScoped
public class SignIn {
    private static final int MOST_BYTES = 4_096;

    private final Sessions sessions;
    private final Accounts accounts;
    private final Issuers issuers;

    SignIn(Sessions sessions, Accounts accounts, Issuers issuers) {
        this.issuers = issuers;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    void listen(@Observes Router router) {
        router.route(HttpMethod.GET, Gate.SIGN_IN).blockingHandler(this::show, false);
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);
        router.route(HttpMethod.POST, Gate.SIGN_IN).handler(body).blockingHandler(this::signIn, false);
        router.route(HttpMethod.POST, Gate.CHOOSE).handler(body).blockingHandler(this::choose, false);
        router.route(HttpMethod.GET, Gate.CHOOSE).blockingHandler(this::showChange, false);
        router.route(HttpMethod.POST, Gate.CHANGE).handler(body).blockingHandler(this::change, false);
        router.route(HttpMethod.POST, Gate.SIGN_OUT).blockingHandler(this::signOut, false);
    }

    private void show(RoutingContext call) {
        String code = call.request().getParam("code");
        String link = call.request().getParam("link");
        if (link != null) {
            Optional<Subject> subject = accounts.linked(link);
            page(call, subject.isPresent() ? 200 : 401)
                    .end(subject.map(one -> SignInPages.choose(one.toString(), link, null))
                            .orElseGet(SignInPages::linkIsOver));
            return;
        }
        if (code == null) {
            page(call, 200).end(SignInPages.form(issuers.all(), null));
            return;
        }
        String session = sessions.open(code);
        if (session == null) {
            page(call, 401).end(SignInPages.form(issuers.all(), null));
            return;
        }
        cookie(call, session, Sessions.SESSION_LIVES);
        page(call, 200).end(PageHeaders.signedIn());
    }

    private void signIn(RoutingContext call) {
        if (!isFromOurPage(call)) {
            page(call, 403).end(SignInPages.form(issuers.all(), "This form was not sent by Muster's own page"));
            return;
        }
        String name = field(call, "name").strip();
        Optional<String> session = accounts.signIn(name, field(call, "password"), whence(call));
        if (session.isEmpty()) {
            page(call, 401)
                    .end(SignInPages.form(
                            issuers.all(),
                            "Name or password is wrong, or there were too many attempts: then wait a little"));
            return;
        }
        cookie(call, session.get(), Accounts.SESSION_LIVES);
        page(call, 303).putHeader("Location", "/ui").end();
    }

    private void choose(RoutingContext call) {
        String link = field(call, "link");
        String password = field(call, "password");
        Optional<Subject> subject = isFromOurPage(call) ? accounts.linked(link) : Optional.empty();
        if (subject.isEmpty()) {
            page(call, 401).end(SignInPages.linkIsOver());
            return;
        }
        String name = subject.get().toString();
        Optional<String> fault = password.equals(field(call, "again"))
                ? Passwords.fault(name, password).map(expected -> "This cannot be the password: expected " + expected)
                : Optional.of("The two passwords are not the same");
        if (fault.isPresent()) {
            page(call, 422).end(SignInPages.choose(name, link, fault.get()));
            return;
        }
        Optional<String> session = accounts.choose(link, password, whence(call));
        if (session.isEmpty()) {
            page(call, 401).end(SignInPages.linkIsOver());
            return;
        }
        cookie(call, session.get(), Accounts.SESSION_LIVES);
        page(call, 303).putHeader("Location", "/ui").end();
    }

    private void showChange(RoutingContext call) {
        Optional<Subject> subject = signedIn(call);
        page(call, subject.isPresent() ? 200 : 401)
                .end(subject.map(one -> SignInPages.change(one.toString(), null))
                        .orElseGet(() -> SignInPages.form(issuers.all(), "Sign in first, by name and password")));
    }

    private void change(RoutingContext call) {
        Optional<Subject> subject = isFromOurPage(call) ? signedIn(call) : Optional.empty();
        if (subject.isEmpty()) {
            page(call, 401).end(SignInPages.form(issuers.all(), "Sign in first, by name and password"));
            return;
        }
        String name = subject.get().toString();
        String chosen = field(call, "password");
        Optional<String> fault = chosen.equals(field(call, "again"))
                ? Passwords.fault(name, chosen).map(expected -> "This cannot be the password: expected " + expected)
                : Optional.of("The two passwords are not the same");
        if (fault.isPresent()) {
            page(call, 422).end(SignInPages.change(name, fault.get()));
            return;
        }
        Optional<String> session = accounts.change(subject.get(), field(call, "present"), chosen, whence(call));
        if (session.isEmpty()) {
            page(call, 422)
                    .end(SignInPages.change(
                            name,
                            "The present password is wrong, or there were too many attempts: then wait a little"));
            return;
        }
        cookie(call, session.get(), Accounts.SESSION_LIVES);
        page(call, 303).putHeader("Location", "/ui").end();
    }

    /** Who has signed in by a password of this installation. */
    private Optional<Subject> signedIn(RoutingContext call) {
        Actor actor = call.get(Caller.KEY);
        return actor == null || actor.kind() != Actor.Kind.PERSON_SESSION
                ? Optional.empty()
                : Optional.of(Subject.parse(actor.name())).filter(accounts::hasOne);
    }

    /** The gate has seen that the form is from our own page. */
    private void signOut(RoutingContext call) {
        Actor actor = call.get(Caller.KEY);
        if (actor != null && actor.kind() == Actor.Kind.PERSON_SESSION && actor.card() != null) {
            String id = String.valueOf(actor.card().id());
            String elsewhere = accounts.signOut(id);
            accounts.end(id, actor.name());
            if (elsewhere != null) {
                cookie(call, "", Duration.ZERO);
                // Not by a redirect: browsers let a form lead nowhere but to our own pages.
                page(call, 200).end(SignInPages.signOutThere(elsewhere));
                return;
            }
        }
        cookie(call, "", Duration.ZERO);
        page(call, 303).putHeader("Location", Gate.SIGN_IN).end();
    }

    static void cookie(RoutingContext call, String session, Duration life) {
        call.response()
                .addCookie(Cookie.cookie(Gate.COOKIE, session)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(call.request().isSSL())
                        .setSameSite(CookieSameSite.STRICT)
                        .setMaxAge(life.toSeconds()));
    }

    static io.vertx.core.http.HttpServerResponse page(RoutingContext call, int status) {
        return call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Cache-Control", "no-store");
    }

    /** Signing somebody in as somebody else by a foreign form is an attack, too. */
    private static boolean isFromOurPage(RoutingContext call) {
        return Gate.isFromOurPage(call.request());
    }

    private static String field(RoutingContext call, String name) {
        @Nullable String value = call.request().getFormAttribute(name);
        return value == null ? "" : value;
    }

    static Accounts.Whence whence(RoutingContext call) {
        HttpServerRequest request = call.request();
        return new Accounts.Whence(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.getHeader("User-Agent"));
    }
}
