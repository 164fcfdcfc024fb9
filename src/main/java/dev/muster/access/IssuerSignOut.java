package dev.muster.access;

import dev.muster.problem.MusterException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider says that somebody has signed out there, or was signed out: their sessions here are over at once. It is known
 * by its signature; nobody is told which sessions there were.
 */
@ApplicationScoped
class IssuerSignOut {
    private static final Logger LOG = Logger.getLogger(IssuerSignOut.class);
    private static final int MOST_BYTES = 32_768;

    private final Issuers issuers;
    private final Guests guests;
    private final Accounts accounts;

    IssuerSignOut(Issuers issuers, Guests guests, Accounts accounts) {
        this.issuers = issuers;
        this.guests = guests;
        this.accounts = accounts;
    }

    void listen(@Observes Router router) {
        router.route(HttpMethod.POST, Gate.SIGN_IN_WITH + ":issuer" + Issuer.OUT)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .handler(this::signOut);
    }

    private void signOut(RoutingContext call) {
        Issuer issuer =
                issuers.named(call.pathParam("issuer")).filter(Issuer::hasPages).orElse(null);
        String sent = call.request().getFormAttribute("logout_token");
        if (issuer == null || sent == null || Issuers.claimedIssuer(sent).isEmpty()) {
            answer(call, issuer == null ? 404 : 400, "expected a form with a logout_token of a provider that is known");
            return;
        }
        IssuerClients.signOut(call, issuer);
        // Where the framework looks for what it verifies. Who calls was found out before, and is nobody.
        call.request().headers().set("Authorization", "Bearer " + sent);
        guests.verified(call, issuer)
                .compose(identity -> call.vertx().executeBlocking(() -> end(issuer, identity), false))
                .onSuccess(ended -> {
                    LOG.infof("%s has signed somebody out: %d sessions are over", issuer.name(), ended);
                    answer(call, 200, null);
                })
                .onFailure(failed -> refuse(call, issuer, failed));
    }

    private int end(Issuer issuer, @Nullable SecurityIdentity identity) {
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw MusterException.unauthenticated("The token is none that %s issues".formatted(issuer.label()));
        }
        return accounts.end(issuer, SignOutToken.of(issuer, token.getRawToken()));
    }

    private static void refuse(RoutingContext call, Issuer issuer, Throwable failed) {
        if (failed instanceof MusterException refused) {
            LOG.infof("Nobody was signed out by %s: %s", issuer.name(), refused.getMessage());
            answer(call, refused.retryAfter() == null ? 400 : 503, refused.getMessage());
            return;
        }
        LOG.errorf(failed, "Nobody could be signed out by %s", issuer.name());
        answer(call, 500, "the service failed; its log says more");
    }

    private static void answer(RoutingContext call, int status, @Nullable String fault) {
        call.response().setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (fault == null) {
            call.response().end();
            return;
        }
        call.response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("error", status == 400 ? "invalid_request" : "temporarily_unavailable")
                        .put("error_description", fault)
                        .encode());
    }
}
