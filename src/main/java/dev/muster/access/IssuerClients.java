package dev.muster.access;

import dev.muster.Settings;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the framework how to talk to each identity provider, when somebody comes with its token or wants to sign in by it, and not
 * before: no provider is asked at the start. A call that the gate has not marked has nothing to do with any.
 */
@Singleton
class IssuerClients implements TenantConfigResolver {
    private static final String KEY = IssuerClients.class.getName();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String PURPOSE = "issuer ";

    private final Issuers issuers;
    private final Token token;
    private final Map<String, OidcTenantConfig> made = new ConcurrentHashMap<>();

    IssuerClients(Issuers issuers, Token token) {
        this.issuers = issuers;
        this.token = token;
    }

    /** The call comes with a token of the issuer. */
    static void bearer(RoutingContext call, Issuer issuer) {
        call.put(KEY, issuer.bearerClient());
    }

    /** The call is of somebody who signs in to the pages. */
    static void pages(RoutingContext call, Issuer issuer) {
        call.put(KEY, issuer.pagesClient());
    }

    /** The call is of the issuer itself, which says that somebody has signed out. */
    static void signOut(RoutingContext call, Issuer issuer) {
        call.put(KEY, issuer.signOutClient());
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext call, OidcRequestContext<OidcTenantConfig> context) {
        String client = call.get(KEY);
        if (client == null) {
            return Uni.createFrom().nullItem();
        }
        Issuer issuer = issuers.named(client.split("\\.", 2)[0]).orElseThrow();
        return Uni.createFrom().item(made.computeIfAbsent(client, name -> made(name, issuer)));
    }

    private OidcTenantConfig made(String client, Issuer issuer) {
        if (client.equals(issuer.bearerClient())) {
            return forTokens(client, issuer, issuer.settings().audience());
        }
        return client.equals(issuer.signOutClient())
                ? forTokens(client, issuer, List.of(issuer.settings().clientId().orElseThrow()))
                : forPages(issuer);
    }

    /** What comes with a token that was made for these. */
    private static OidcTenantConfig forTokens(String client, Issuer issuer, List<String> audience) {
        Settings.Issuer settings = issuer.settings();
        return common(issuer)
                .tenantId(client)
                .applicationType(ApplicationType.SERVICE)
                .roles(Source.accesstoken, settings.groupsClaim())
                .token()
                .audience(audience)
                .allowOpaqueTokenIntrospection(false)
                .allowJwtIntrospection(false)
                .end()
                .build();
    }

    private OidcTenantConfig forPages(Issuer issuer) {
        Settings.Issuer settings = issuer.settings();
        OidcTenantConfigBuilder builder = common(issuer)
                .tenantId(issuer.pagesClient())
                .applicationType(ApplicationType.WEB_APP)
                .clientId(settings.clientId().orElseThrow())
                .roles(Source.idtoken, settings.groupsClaim())
                .authentication()
                .redirectPath(issuer.path())
                .removeRedirectParameters(false)
                .pkceRequired()
                .nonceRequired()
                .stateSecret(secret("state", issuer))
                .scopes(settings.scopes().orElse(List.of()))
                .cookiePath(Gate.SIGN_IN)
                .end()
                .tokenStateManager()
                .encryptionSecret(secret("tokens", issuer))
                .end();
        clientSecret(settings).ifPresent(builder::credentials);
        return builder.build();
    }

    private static OidcTenantConfigBuilder common(Issuer issuer) {
        return OidcTenantConfig.builder().authServerUrl(issuer.url()).connectionTimeout(PATIENCE);
    }

    /** The same on every replica, so that somebody may come back to another one than they left. */
    private String secret(String purpose, Issuer issuer) {
        return HexFormat.of()
                .formatHex(token.sign(PURPOSE + purpose, issuer.name()))
                .substring(0, 32);
    }

    private static java.util.Optional<String> clientSecret(Settings.Issuer settings) {
        return settings.secretFile()
                .map(file -> {
                    try {
                        return Files.readString(file).strip();
                    } catch (IOException e) {
                        throw new UncheckedIOException("Cannot read the secret of the issuer in " + file, e);
                    }
                })
                .or(settings::secret);
    }
}
