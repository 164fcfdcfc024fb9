package dev.muster.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.problem.MusterException;
import dev.muster.rights.Guest;
import dev.muster.rights.IssuerSession;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * People sign in to the pages by an identity provider: the code flow with PKCE, state and nonce is the framework's. What comes of it
 * is a session of ours, which ends where all others do; the framework's own cookie goes.
 */
@ApplicationScoped
class IssuerSignIn {
    private static final Logger LOG = Logger.getLogger(IssuerSignIn.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Issuers issuers;
    private final Guests guests;
    private final Accounts accounts;
    private final OidcAuthenticationMechanism oidc;

    IssuerSignIn(Issuers issuers, Guests guests, Accounts accounts, OidcAuthenticationMechanism oidc) {
        this.issuers = issuers;
        this.guests = guests;
        this.accounts = accounts;
        this.oidc = oidc;
    }

    void listen(@Observes Router router) {
        router.route(HttpMethod.GET, Gate.SIGN_IN_WITH + ":issuer").handler(this::signIn);
        router.route(HttpMethod.GET, Gate.SIGN_IN_ISSUERS).handler(this::list);
    }

    /** For the command, which has no session yet: how it may sign somebody in. */
    private void list(RoutingContext call) {
        List<Map<String, String>> known = issuers.all().stream()
                .filter(issuer -> issuer.settings().commandClientId().isPresent())
                .map(issuer -> Map.of(
                        "name",
                        issuer.name(),
                        "label",
                        issuer.label(),
                        "issuer",
                        issuer.url(),
                        "clientId",
                        issuer.settings().commandClientId().orElseThrow(),
                        "scopes",
                        String.join(" ", issuer.settings().scopes().orElse(List.of()))))
                .toList();
        try {
            call.response()
                    .putHeader("Content-Type", "application/json")
                    .end(JSON.writeValueAsString(Map.of("items", known)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written as JSON", e);
        }
    }

    private void signIn(RoutingContext call) {
        Issuer issuer =
                issuers.named(call.pathParam("issuer")).filter(Issuer::hasPages).orElse(null);
        if (issuer == null) {
            SignIn.page(call, 404).end(SignInPages.form(issuers.all(), "There is no such identity provider here"));
            return;
        }
        IssuerClients.pages(call, issuer);
        guests.verified(call, issuer)
                .compose(identity -> identity == null
                        ? Guests.here(call, oidc.getChallenge(call)).map(challenge -> {
                            challenge.getHeaders().forEach(call.response()::putHeader);
                            call.response().setStatusCode(challenge.status).end();
                            return true;
                        })
                        : call.vertx()
                                .executeBlocking(() -> open(call, issuer, identity), false)
                                .map(session -> {
                                    welcome(call, issuer, session);
                                    return true;
                                }))
                .onFailure(failed -> refuse(call, issuer, failed));
    }

    private String open(RoutingContext call, Issuer issuer, SecurityIdentity identity) {
        Guest guest = Guests.guest(issuer, identity);
        return accounts.welcome(
                guest.subject(),
                issuer,
                List.copyOf(identity.getRoles()),
                there(call, issuer, identity),
                SignIn.whence(call));
    }

    private static void welcome(RoutingContext call, Issuer issuer, String session) {
        List.copyOf(call.request().cookies()).stream()
                .map(Cookie::getName)
                .filter(OidcUtils::isSessionCookie)
                .forEach(name -> call.response().removeCookies(name, true));
        SignIn.cookie(call, session, issuer.settings().session());
        SignIn.page(call, 200).end(PageHeaders.signedIn());
    }

    private static IssuerSession there(RoutingContext call, Issuer issuer, SecurityIdentity identity) {
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        Object session = token.getClaim("sid");
        return new IssuerSession(
                token.getSubject(), session == null ? null : session.toString(), signOut(call, issuer, identity));
    }

    /** Where the provider ends its own session; null where it says nothing of it. */
    private static @Nullable String signOut(RoutingContext call, Issuer issuer, SecurityIdentity identity) {
        OidcConfigurationMetadata metadata = identity.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        String end = metadata == null ? null : metadata.getEndSessionUri();
        if (end == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return null;
        }
        String back =
                "%s://%s%s".formatted(call.request().scheme(), call.request().authority(), Gate.SIGN_IN);
        return "%s?client_id=%s&post_logout_redirect_uri=%s&id_token_hint=%s"
                .formatted(
                        end,
                        encoded(issuer.settings().clientId().orElseThrow()),
                        encoded(back),
                        encoded(token.getRawToken()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void refuse(RoutingContext call, Issuer issuer, Throwable failed) {
        if (failed instanceof AuthenticationRedirectException elsewhere) {
            call.response()
                    .setStatusCode(elsewhere.getCode())
                    .putHeader("Location", elsewhere.getRedirectUri())
                    .end();
            return;
        }
        if (failed instanceof MusterException refused) {
            LOG.infof("Nobody was signed in by %s: %s", issuer.name(), refused.getMessage());
            boolean isAway = refused.retryAfter() != null;
            SignIn.page(call, isAway ? 503 : 401)
                    .end(SignInPages.form(
                            issuers.all(),
                            isAway
                                    ? issuer.label() + " does not answer now"
                                    : issuer.label() + " has not signed you in. " + refused.getMessage()));
            return;
        }
        LOG.errorf(failed, "Nobody could be signed in by %s", issuer.name());
        SignIn.page(call, 500).end(SignInPages.form(issuers.all(), "The service failed; its log says more"));
    }
}
