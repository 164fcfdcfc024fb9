package dev.muster.kubernetes.admission;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the authorities into both webhook configurations of a name, where they are there and say something else. */
final class TrustedAuthorities {
    private final KubernetesClient client;
    private final String name;

    TrustedAuthorities(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    void tell(String bundle) {
        String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII));
        var mutating = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(name);
        MutatingWebhookConfiguration held = mutating.get();
        if (held != null && held.getWebhooks().stream().anyMatch(hook -> differs(hook.getClientConfig(), encoded))) {
            held.getWebhooks().forEach(hook -> hook.getClientConfig().setCaBundle(encoded));
            client.resource(held).update();
        }
        var validating = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(name);
        ValidatingWebhookConfiguration checked = validating.get();
        if (checked != null
                && checked.getWebhooks().stream().anyMatch(hook -> differs(hook.getClientConfig(), encoded))) {
            checked.getWebhooks().forEach(hook -> hook.getClientConfig().setCaBundle(encoded));
            client.resource(checked).update();
        }
    }

    private static boolean differs(WebhookClientConfig config, String encoded) {
        return !encoded.equals(config.getCaBundle());
    }
}
