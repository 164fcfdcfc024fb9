package dev.muster.postgres;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, one after the other. */
final class Parameters {
    private final PreparedStatement statement;
    private int at;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    Parameters text(@Nullable Object value) throws SQLException {
        statement.setString(++at, value == null ? null : value.toString());
        return this;
    }

    /** The value as a JSON column; the statement says {@code ?::jsonb}. */
    Parameters json(@Nullable Object value) throws SQLException {
        return text(Json.writeNullable(value));
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++at, value);
        return this;
    }

    Parameters number(@Nullable Integer value) throws SQLException {
        statement.setObject(++at, value, Types.INTEGER);
        return this;
    }

    Parameters decimal(BigDecimal value) throws SQLException {
        statement.setBigDecimal(++at, value);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(++at, value);
        return this;
    }

    Parameters instant(@Nullable Instant value) throws SQLException {
        statement.setObject(++at, value == null ? null : value.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    /** By the type of each value; what is neither a number, an instant, bytes nor an array of text is bound as its text. */
    void values(@Nullable Object... values) throws SQLException {
        for (Object value : values) {
            if (value instanceof Instant instant) {
                instant(instant);
            } else if (value instanceof Number number) {
                number(number.longValue());
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(++at, bytes);
            } else if (value instanceof String[] texts) {
                statement.setArray(++at, statement.getConnection().createArrayOf("text", texts));
            } else {
                text(value);
            }
        }
    }
}
