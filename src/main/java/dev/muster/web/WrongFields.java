package dev.muster.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes wrong types, and whether there are unknown fields, and reads on: a caller hears of all of them. For one body. */
final class WrongFields extends DeserializationProblemHandler {
    private final Faults faults;
    private boolean sawUnknown;

    WrongFields(Faults faults) {
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    /** True where there were fields that the record does not have. */
    boolean sawUnknown() {
        return sawUnknown;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context, JsonParser parser, JsonDeserializer<?> reader, Object bean, String name)
            throws IOException {
        sawUnknown = true;
        parser.skipChildren();
        return true;
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message)
            throws IOException {
        wrongType(parser, type.getRawClass(), token);
        parser.skipChildren();
        return substitute(type.getRawClass());
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String message) throws IOException {
        String expected = expected(type);
        faults.add(
                JsonText.pointer(context.getParser()),
                Fault.Kind.WRONG_TYPE,
                "'%s' is not %s".formatted(MusterException.shown(value), expected));
        return substitute(type);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, String message) throws IOException {
        wrongType(context.getParser(), type, JsonToken.VALUE_NUMBER_INT);
        return substitute(type);
    }

    private void wrongType(JsonParser parser, Class<?> type, @Nullable JsonToken found) throws IOException {
        if (faults.isFull()) {
            faults.add("", Fault.Kind.WRONG_TYPE, "");
            return;
        }
        faults.add(
                JsonText.pointer(parser),
                Fault.Kind.WRONG_TYPE,
                "expected %s, found %s".formatted(expected(type), JsonText.word(parser, found)));
    }

    static String expected(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        return Collection.class.isAssignableFrom(type)
                ? "a list"
                : Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another type";
    }

    /** Jackson unboxes what it gets for a primitive. */
    private static @Nullable Object substitute(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == double.class) {
            return 0.0;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }
}
