package dev.muster.access;

import dev.muster.Settings;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.kubernetes.ServiceAccount;
import dev.muster.operation.Stewards;
import dev.muster.postgres.GrantStore;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.MusterException;
import dev.muster.rights.Duty;
import dev.muster.rights.Grant;
import dev.muster.rights.Guest;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pods that come with a token of their service account, which the API server is asked about, at most once a minute. Who is in a
 * team's namespace submits for the team.
 */
@Singleton
class ServiceAccountTokens {
    /** So long a token that was revoked may still be good here. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final Settings settings;
    private final Stewards stewards;
    private final TeamStore teams;
    private final GrantStore grants;
    private final InstantSource clock;
    private final Map<ByteBuffer, Answer> answers = new ConcurrentHashMap<>();

    @Inject
    ServiceAccountTokens(Settings settings, Stewards stewards, TeamStore teams, GrantStore grants) {
        this.settings = settings;
        this.stewards = stewards;
        this.teams = teams;
        this.grants = grants;
        this.clock = InstantSource.system();
    }

    /** What the API server has said; empty: nobody's. */
    private record Answer(Optional<ServiceAccount> account, Instant until) {}

    boolean areLetIn() {
        return settings.access()
                .serviceAccounts()
                .enabled()
                .orElse(settings.cluster() == Settings.ClusterKind.KUBERNETES);
    }

    String audience() {
        return settings.access().serviceAccounts().audience();
    }

    /** Who comes with it; empty where the API server knows nobody by it. */
    @Transactional
    Optional<Actor> actor(String token) {
        return account(token).map(account -> {
            Guest guest = guest(account);
            return new Actor(
                    guest.subject().toString(),
                    Actor.Kind.SERVICE_ACCOUNT,
                    new Rights(grants.held(guest.subject(), guest.grants()), Narrowing.NONE),
                    new Actor.Card(guest.by(), () -> actor(token).orElse(Actor.NOBODY)));
        });
    }

    private Optional<ServiceAccount> account(String token) {
        Instant now = clock.instant();
        ByteBuffer key = ByteBuffer.wrap(Secret.hash(token));
        Answer known = answers.get(key);
        if (known != null && now.isBefore(known.until())) {
            return known.account();
        }
        if (answers.size() >= MOST) {
            answers.values().removeIf(answer -> !now.isBefore(answer.until()));
        }
        if (answers.size() >= MOST) {
            answers.clear();
        }
        Answer asked = new Answer(asked(token), now.plus(REMEMBERED));
        answers.put(key, asked);
        return asked.account();
    }

    private Optional<ServiceAccount> asked(String token) {
        try {
            return stewards.find().flatMap(steward -> steward.whose(token, audience()));
        } catch (ClusterUnavailable e) {
            throw MusterException.clusterUnavailable(e);
        }
    }

    private Guest guest(ServiceAccount account) {
        Subject subject = subject(account);
        List<Grant> given = teams.all().stream()
                .map(team -> team.value())
                .filter(team -> team.namespace().equals(account.namespace()))
                .map(team -> new Grant(subject, Duty.SUBMITTER, Scope.of(team.name())))
                .toList();
        return new Guest(subject, "kubernetes", given);
    }

    private static Subject subject(ServiceAccount account) {
        String name = account.name() + "@" + account.namespace();
        try {
            return new Subject(Subject.Kind.SERVICE, name);
        } catch (IllegalArgumentException e) {
            throw MusterException.unauthenticated(
                    "Muster cannot name the service account %s: %s".formatted(name, e.getMessage()));
        }
    }
}
