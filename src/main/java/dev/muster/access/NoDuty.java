package dev.muster.access;

import dev.muster.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What somebody is told who is known, and holds no duty: that, and whom to ask. */
@ApplicationScoped
public class NoDuty {
    private final Optional<String> askedOf;

    NoDuty(Settings settings) {
        askedOf = settings.access().dutiesFrom().filter(whom -> !whom.isBlank());
    }

    /** Empty for who holds one. */
    public Optional<String> hint(Actor actor) {
        return actor.rights().held().isEmpty() && actor.kind() != Actor.Kind.NOBODY
                ? Optional.of(
                        "%s holds no duty yet, and so nothing is open to them. %s".formatted(actor.name(), whom()))
                : Optional.empty();
    }

    /** Whom to ask, as a sentence. */
    String whom() {
        return askedOf.map(whom -> "Ask " + whom + " for one (muster grants give)")
                .orElse("An operator, or the admin of a team, gives one (muster grants give)");
    }
}
