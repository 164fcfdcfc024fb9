package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;

/** Whether the API server can call Muster's webhook: it is registered, somebody listens, and the certificate is the trusted one. */
record WebhookCheck(KubernetesClient client, String webhook, InstantSource clock) implements Check {
    @Override
    public String name() {
        return "WEBHOOK";
    }

    @Override
    public Diagnosis look() {
        MutatingWebhookConfiguration live = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(webhook)
                .get();
        if (live == null) {
            return Diagnosis.warn(
                    name(),
                    "no MutatingWebhookConfiguration %s: what is created past Muster is not queued".formatted(webhook),
                    "Install the chart with webhooks.enabled=true, or leave it where everybody submits through Muster.");
        }
        List<MutatingWebhook> hooks = live.getWebhooks() == null ? List.of() : live.getWebhooks();
        if (hooks.isEmpty()) {
            return Diagnosis.fail(name(), webhook + " has no webhooks in it", "Install the chart again.");
        }
        WebhookClientConfig called = hooks.get(0).getClientConfig();
        if (called.getCaBundle() == null || called.getCaBundle().isBlank()) {
            return Diagnosis.fail(
                    name(),
                    webhook + " has no caBundle: the API server refuses every pod of the teams' namespaces",
                    "Muster writes it when it starts: does it run, and may it update the configuration? With cert-manager: is its injector running?");
        }
        return new Handshake(called, clock).look(name());
    }
}
