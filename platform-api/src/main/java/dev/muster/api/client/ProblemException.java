package dev.muster.api.client;

import dev.muster.api.Problem;

/** The service answered with a problem: it understood, and refused or could not. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super("%d %s: %s".formatted(problem.status(), problem.code(), sentence(problem)));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** True where the problem has this stable code. */
    public boolean is(String code) {
        return code.equals(problem.code());
    }

    private static String sentence(Problem problem) {
        String detail = problem.detail();
        return detail == null ? problem.title() : detail;
    }
}
