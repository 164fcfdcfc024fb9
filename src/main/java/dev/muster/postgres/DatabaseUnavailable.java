package dev.muster.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** The database cannot be reached or is going up or down. What was asked may be asked again in a moment. */
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DatabaseUnavailable(Throwable cause) {
        super("The database cannot be reached; try again in a moment", cause);
    }

    /** Where an unreachable database is at the root of a failure, whatever was wrapped around it. */
    public static Optional<DatabaseUnavailable> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof DatabaseUnavailable already) {
                return Optional.of(already);
            }
            if (cause instanceof SQLException sql && saysUnavailable(sql)) {
                return Optional.of(new DatabaseUnavailable(failure));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /**
     * Class 08: connection lost or refused; 57P: the server is shutting down or starting; 53300: no connection left. Where the
     * pool gave none in time there is no state, only the pool's words.
     */
    private static boolean saysUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || (state == null && String.valueOf(failure.getMessage()).contains("cquisition timeout"))
                || (state != null && (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300")));
    }
}
