package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.queue.QuotaRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** How many quota requests wait for who looks: of those that they may grant. */
@ApplicationScoped
class OpenRequests {
    private final QuotaRequestStore store;
    private final Caller caller;

    OpenRequests(QuotaRequestStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    int toAnswer() {
        return caller.maySomewhere(Verb.PUT, Resource.Kind.QUOTA_REQUEST)
                ? (int) store.open().stream().filter(this::mayAnswer).count()
                : 0;
    }

    boolean mayAnswer(QuotaRequest request) {
        return caller.may(
                Verb.PUT, Resource.of(Resource.Kind.QUOTA_REQUEST, request.team(), request.queue(), request.id()));
    }
}
