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
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider says that somebody has signed out there, or was signed out: their sessions here are over at once. It is known
 * by its signature; nobody is told which sessions there were. What is verified is taken at any rate, as a provider may end hundreds of
 * sessions at once; the rest counts as a stranger's calls do.
 */
@ApplicationScoped
class IssuerSignOut {
    private static final Logger LOG = Logger.getLogger(IssuerSignOut.class);
    private static final int MOST_BYTES = 32_768;

    private final Issuers issuers;
    private final Guests guests;
    private final Accounts accounts;
    private final Rates rates;

    IssuerSignOut(Issuers issuers, Guests guests, Accounts accounts, Rates rates) {
        this.rates = rates;
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
            refuse(call, issuer == null ? 404 : 400, "expected a form with a logout_token of a provider that is known");
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

    private void refuse(RoutingContext call, Issuer issuer, Throwable failed) {
        if (failed instanceof MusterException refused) {
            LOG.infof("Nobody was signed out by %s: %s", issuer.name(), refused.getMessage());
            if (refused.retryAfter() == null) {
                refuse(call, 400, refused.getMessage());
            } else {
                // The provider's keys cannot be had: that is nobody's fault who calls.
                answer(call, 503, refused.getMessage());
            }
            return;
        }
        LOG.errorf(failed, "Nobody could be signed out by %s", issuer.name());
        answer(call, 500, "the service failed; its log says more");
    }

    /** A stranger's call: one of too many is told to wait. */
    private void refuse(RoutingContext call, int status, String fault) {
        try {
            rates.takeOfStranger(call);
        } catch (MusterException tooMany) {
            Duration wait = Objects.requireNonNull(tooMany.retryAfter());
            call.response().putHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
            answer(call, 429, tooMany.getMessage());
            return;
        }
        answer(call, status, fault);
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
                        .put("error", status < 429 ? "invalid_request" : "temporarily_unavailable")
                        .put("error_description", fault)
                        .encode());
    }
}
