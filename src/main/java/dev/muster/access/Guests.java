package dev.muster.access;

import dev.muster.postgres.GrantStore;
import dev.muster.problem.MusterException;
import dev.muster.rights.Guest;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * People and services who come with a token that somebody else made. One of an identity provider the framework verifies, one of
 * the cluster its API server; we say what it means here.
 */
@Singleton
class Guests {
    private final Issuers issuers;
    private final OidcAuthenticationMechanism oidc;
    private final IdentityProviderManager identities;
    private final GrantStore grants;
    private final ServiceAccountTokens serviceAccounts;
    /** People's hours, as the ends of tokens are. */
    private final InstantSource clock = InstantSource.system();

    Guests(
            Issuers issuers,
            OidcAuthenticationMechanism oidc,
            IdentityProviderManager identities,
            GrantStore grants,
            ServiceAccountTokens serviceAccounts) {
        this.serviceAccounts = serviceAccounts;
        this.issuers = issuers;
        this.oidc = oidc;
        this.identities = identities;
        this.grants = grants;
    }

    /** True for a token that says of itself who has issued it: none of ours does. */
    boolean mayBeOne(String bearer) {
        return (!issuers.all().isEmpty() || serviceAccounts.areLetIn())
                && Issuers.claimedIssuer(bearer).isPresent();
    }

    /** Who comes with it; it fails with what is wrong with it. */
    Future<Actor> actor(RoutingContext call, String bearer) {
        Optional<Issuer> claimed = issuers.claimedBy(bearer);
        if (claimed.isEmpty() && serviceAccounts.areLetIn()) {
            return call.vertx()
                    .executeBlocking(
                            () -> serviceAccounts
                                    .actor(bearer)
                                    .orElseThrow(() -> MusterException.unauthenticated(
                                            "The cluster knows no service account by the token, or it is meant for others: expected the audience "
                                                    + serviceAccounts.audience())),
                            false);
        }
        if (claimed.isEmpty()) {
            return Future.failedFuture(MusterException.unauthenticated(
                    "The token was issued by '%s', whom this installation does not trust"
                            .formatted(MusterException.shown(
                                    Issuers.claimedIssuer(bearer).orElse("")))));
        }
        Issuer issuer = claimed.get();
        IssuerClients.bearer(call, issuer);
        return verified(call, issuer)
                .compose(identity -> call.vertx().executeBlocking(() -> actor(issuer, identity), false));
    }

    /** What the framework makes of the call: who it is, null where it says nothing of anybody. */
    Future<@Nullable SecurityIdentity> verified(RoutingContext call, Issuer issuer) {
        return here(call, oidc.authenticate(call, identities))
                .recover(failed -> Future.failedFuture(IssuerRefusals.of(issuer, failed)));
    }

    /** On the thread of the call, wherever the answer came. */
    static <T> Future<T> here(RoutingContext call, Uni<T> later) {
        Context context = call.vertx().getOrCreateContext();
        return Future.fromCompletionStage(later.subscribeAsCompletionStage(), context);
    }

    /** Whom the token speaks of, and their groups as they are in it. */
    static Guest guest(Issuer issuer, SecurityIdentity identity) {
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        Object name = token.getClaim(issuer.settings().userClaim());
        Object isVerified = token.getClaim("email_verified");
        return issuer.guest(
                name instanceof String text ? text : null,
                isVerified == null ? null : Boolean.valueOf(isVerified.toString()),
                identity.getRoles());
    }

    private Actor actor(Issuer issuer, @Nullable SecurityIdentity identity) {
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw MusterException.unauthenticated("The token is none that %s issues".formatted(issuer.label()));
        }
        if (SignOutToken.tellsAnEvent(token.getRawToken())) {
            throw MusterException.unauthenticated(
                    "The token of %s tells that something has happened, and lets nobody in".formatted(issuer.label()));
        }
        Guest guest = guest(issuer, identity);
        return actor(guest, token.getTokenID(), Instant.ofEpochSecond(token.getExpirationTime()));
    }

    @Transactional
    Actor actor(Guest guest, @Nullable String id, Instant end) {
        if (!clock.instant().isBefore(end)) {
            return Actor.NOBODY;
        }
        return new Actor(
                guest.subject().toString(),
                Actor.Kind.ISSUER_TOKEN,
                new Rights(grants.held(guest.subject(), guest.grants()), Narrowing.NONE),
                new Actor.Card(id == null ? guest.by() : id, () -> actor(guest, id, end)));
    }
}
