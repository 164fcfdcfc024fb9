package dev.muster.postgres;

import java.sql.SQLException;

/** Text that PostgreSQL does not take: the character NUL. Who read the text should have refused it; here it is found at last. */
public final class Unstorable {
    private static final String NOT_IN_THE_ENCODING = "22021";
    private static final String UNTRANSLATABLE = "22P05";

    private Unstorable() {}

    /** True where such a text is at the root of a failure, whatever was wrapped around it. */
    public static boolean isIn(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException sql
                    && (NOT_IN_THE_ENCODING.equals(sql.getSQLState()) || UNTRANSLATABLE.equals(sql.getSQLState()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
