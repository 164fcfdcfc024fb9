package dev.muster.cli.connection;

import org.jspecify.annotations.Nullable;

/** Somebody could not be signed in, or is no more: why, and what they can do. */
public final class SignInFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;
    private final boolean away;

    private SignInFailed(String message, String hint, boolean away, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
        this.away = away;
    }

    static SignInFailed refused(String message, String hint) {
        return new SignInFailed(message, hint, false, null);
    }

    /** Nobody answers, or not as an identity provider does. */
    static SignInFailed away(String message, @Nullable Throwable cause) {
        return new SignInFailed(message, "Is the address right? Try again.", true, cause);
    }

    public String hint() {
        return hint;
    }

    /** True where it may go better later, without anybody doing anything. */
    public boolean isAway() {
        return away;
    }
}
