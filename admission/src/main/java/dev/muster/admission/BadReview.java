package dev.muster.admission;

/** What came is no review; the message says what was expected. Whoever sent it is not an API server. */
public final class BadReview extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadReview(String message) {
        super(message);
    }
}
