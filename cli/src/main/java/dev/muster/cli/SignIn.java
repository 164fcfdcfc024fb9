package dev.muster.cli;

import dev.muster.api.client.MusterClient;

/** The link that opens the pages once. */
final class SignIn {
    private final MusterClient client;

    SignIn(MusterClient client) {
        this.client = client;
    }

    String link() {
        return client.server().resolve("/sign-in?code=" + client.signInCode()).toString();
    }
}
