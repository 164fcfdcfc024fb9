package dev.muster.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A small identity provider that the service trusts, and one that never answers. */
public class WithTestIssuer implements QuarkusTestResourceLifecycleManager {
    /** Of the arguments: how often strangers may call. */
    static final String STRANGERS = "strangers-per-second";

    private TestIssuer issuer;
    private String strangers = "1000";

    @Override
    public void init(Map<String, String> arguments) {
        strangers = arguments.getOrDefault(STRANGERS, strangers);
    }

    @Override
    public Map<String, String> start() {
        issuer = new TestIssuer();
        return Map.ofEntries(
                Map.entry("muster.access.issuers.corp.url", issuer.url()),
                Map.entry("muster.access.issuers.corp.label", "The <Company>"),
                Map.entry("muster.access.issuers.corp.client-id", TestIssuer.PAGES_CLIENT),
                Map.entry("muster.access.issuers.corp.secret", "shared with the provider"),
                Map.entry("muster.access.issuers.corp.command-client-id", "muster-command"),
                Map.entry("muster.access.issuers.corp.groups-claim", "realm_access/groups"),
                Map.entry(
                        "muster.access.issuers.corp.duties",
                        "/guests/dev=submitter team/guests,/guests/lead=team-admin team/guests,/audit=auditor *"),
                Map.entry("muster.access.duties-from", "platform@example.com"),
                Map.entry("muster.access.origins", "https://console.example.com"),
                Map.entry("muster.access.rate.calls-per-second", "20"),
                Map.entry("muster.access.rate.sign-ins-per-minute", "10"),
                Map.entry("muster.access.rate.strangers-per-second", strangers),
                Map.entry("muster.access.issuers.away.url", "http://127.0.0.1:1"),
                Map.entry("muster.access.issuers.away.prefix", "away."));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
    }

    @Override
    public void stop() {
        issuer.close();
    }
}
