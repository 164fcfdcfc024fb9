package dev.muster.web;

import dev.muster.api.Confirmation;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;

/** What says that a list or a text that was shown is meant. */
final class Confirmations {
    private Confirmations() {}

    static String of(Body<Confirmation> body) {
        Confirmation sent = body.value();
        if (sent == null || sent.confirmation() == null || sent.confirmation().isBlank()) {
            throw MusterException.invalid(new Fault(
                    "/confirmation",
                    Fault.Kind.REQUIRED,
                    "it must be the confirmation of what was shown",
                    "GET it first: the answer has the confirmation"));
        }
        return sent.confirmation();
    }
}
