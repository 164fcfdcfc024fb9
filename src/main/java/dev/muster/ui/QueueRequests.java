package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Queue;
import dev.muster.api.QueueStatus;
import dev.muster.postgres.QuotaRequestStore;
import dev.muster.postgres.TeamStore;
import dev.muster.quota.name.QueueName;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** What a queue has for a time, what was asked for it, and whether who looks may ask for more. */
@ApplicationScoped
class QueueRequests {
    private final QuotaRequestStore store;
    private final TeamStore teams;
    private final Caller caller;

    QueueRequests(QuotaRequestStore store, TeamStore teams, Caller caller) {
        this.store = store;
        this.teams = teams;
        this.caller = caller;
    }

    QueuePage.Requests of(Queue queue, Instant now) {
        QueueName name = new QueueName(queue.metadata().name());
        QueueStatus status = queue.status();
        List<QueuePage.Temporary> temporary = status == null || status.temporary() == null
                ? List.of()
                : status.temporary().stream()
                        .map(one -> new QueuePage.Temporary(
                                one.request(),
                                QuotaLine.amounts(one.guarantee(), one.deserved(), one.capability()),
                                new Moment(one.until(), now)))
                        .toList();
        int open = (int) store.open().stream()
                .filter(request -> request.queue().equals(name)
                        && caller.may(
                                Verb.READ,
                                Resource.of(Resource.Kind.QUOTA_REQUEST, request.team(), name, request.id())))
                .count();
        boolean mayAsk = teams.all().stream()
                .map(one -> one.value())
                .filter(team -> name.equals(team.queue())
                        || team.name().value().equals(queue.spec().team()))
                .anyMatch(team -> mayAsk(team, name));
        return new QueuePage.Requests(temporary, open, mayAsk ? "/ui/quota?queue=" + name + "#ask" : null);
    }

    private boolean mayAsk(Team team, QueueName queue) {
        return caller.may(Verb.SUBMIT, Resource.of(Resource.Kind.QUOTA_REQUEST, team.name(), queue, "new"));
    }
}
