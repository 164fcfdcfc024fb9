package dev.muster.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Exchanges the code of a one-time link for a session cookie that no script and no other site can use. */
@ApplicationScoped
public class SignIn {
    private final Sessions sessions;

    SignIn(Sessions sessions) {
        this.sessions = sessions;
    }

    void listen(@Observes Router router) {
        router.route(HttpMethod.GET, Gate.SIGN_IN).handler(this::exchange);
    }

    private void exchange(RoutingContext call) {
        String code = call.request().getParam("code");
        String session = code == null ? null : sessions.open(code);
        call.response().putHeader("Content-Type", "text/html;charset=UTF-8").putHeader("Cache-Control", "no-store");
        if (session == null) {
            call.response().setStatusCode(401).end(PageHeaders.signInFirst());
            return;
        }
        call.response()
                .addCookie(Cookie.cookie(Gate.COOKIE, session)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(call.request().isSSL())
                        .setSameSite(CookieSameSite.STRICT)
                        .setMaxAge(Sessions.SESSION_LIVES.toSeconds()));
        call.response().end(PageHeaders.signedIn());
    }
}
