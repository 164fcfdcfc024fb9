package dev.muster.admission;

/** The two questions of an API server, as bytes in and bytes out. May be asked by many threads at once. */
public final class Admission {
    /** Kubernetes sends at most two objects of 3 MiB and what it says about them. */
    public static final int LONGEST_REVIEW = 8 * 1024 * 1024;

    private final Rules rules;

    public Admission(Callers callers) {
        this.rules = new Rules(callers);
    }

    /**
     * What a new object must become, or why it is refused.
     *
     * @throws BadReview where the body is no review
     */
    public byte[] mutate(byte[] body, Catalogue catalogue) {
        Review review = Reviews.read(body);
        return Reviews.write(review, rules.mutate(review, catalogue));
    }

    /**
     * Whether an object, after all that was done to it, may be kept.
     *
     * @throws BadReview where the body is no review
     */
    public byte[] validate(byte[] body, Catalogue catalogue) {
        Review review = Reviews.read(body);
        return Reviews.write(review, rules.validate(review, catalogue));
    }
}
