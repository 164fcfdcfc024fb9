package dev.muster.rights;

import java.util.Optional;

/** The call that is being answered, for whoever writes down a change: the rim knows it, and the stores must not know the rim. */
@FunctionalInterface
public interface PresentCall {
    /** Empty where the service works by itself. */
    Optional<CallFacts> facts();
}
