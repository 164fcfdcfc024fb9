package dev.muster.cli;

import dev.muster.api.client.ProblemException;

/** A problem of the service, and what of ours it is about. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemException problem;

    Refused(String where, ProblemException problem) {
        super(where, problem);
        this.problem = problem;
    }

    ProblemException problem() {
        return problem;
    }
}
