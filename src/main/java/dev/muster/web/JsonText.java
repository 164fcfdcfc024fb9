package dev.muster.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON text, in words for whoever sent it: no class names, no echo of long values. */
final class JsonText {
    private JsonText() {}

    /** Where the parser stands. */
    static String pointer(JsonParser parser) {
        JsonStreamContext at = parser.getParsingContext();
        JsonToken token = parser.currentToken();
        boolean opened = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        return (opened && at.getParent() != null ? at.getParent() : at)
                .pathAsPointer()
                .toString();
    }

    static String word(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, FIELD_NAME, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "the text '" + MusterException.shown(parser.getText()) + "'";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + MusterException.shown(parser.getText());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    static MusterException refusal(JsonProcessingException thrown, JsonParser parser) {
        if (thrown instanceof JsonMappingException mapping
                && mapping.getCause() instanceof JsonProcessingException inner) {
            return refusal(inner, parser);
        }
        if (thrown instanceof JsonEOFException) {
            return MusterException.malformed(pointer(parser), "the JSON ends in the middle" + place(thrown));
        }
        if (thrown instanceof StreamConstraintsException) {
            return MusterException.malformed(pointer(parser), withoutSource(thrown.getOriginalMessage()));
        }
        if (thrown instanceof InvalidNullException) {
            return MusterException.malformed(pointer(parser), "null is not expected here", "Leave it out instead");
        }
        if (thrown instanceof InputCoercionException) {
            return wrongType(pointer(parser), "the number is too large: expected a whole number of 32 bits");
        }
        if (thrown instanceof MismatchedInputException mismatch) {
            Class<?> target = mismatch.getTargetType();
            return wrongType(
                    path(mismatch), "expected " + (target == null ? "another type" : WrongFields.expected(target)));
        }
        return MusterException.malformed(
                pointer(parser),
                withoutSource(thrown.getOriginalMessage()) + place(thrown),
                "Check the body with a JSON tool");
    }

    /**
     * PostgreSQL stores neither the character NUL nor half a surrogate pair; both can only hide behind an escape, so bodies
     * without escapes of that form cost one look.
     */
    static void refuseUnstorable(CharSequence text) {
        int length = text.length();
        for (int i = 0; i + 5 < length; i++) {
            if (text.charAt(i) != '\\') {
                continue;
            }
            if (text.charAt(i + 1) != 'u') {
                i++;
                continue;
            }
            int unit = unit(text, i + 2);
            boolean high = unit >= 0xD800 && unit <= 0xDBFF;
            boolean paired = high
                    && i + 11 < length
                    && text.charAt(i + 6) == '\\'
                    && text.charAt(i + 7) == 'u'
                    && Character.isLowSurrogate((char) unit(text, i + 8));
            if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF && !paired)) {
                throw MusterException.malformed(
                        "",
                        "the escape %s at character %d cannot be kept: it is not a character"
                                .formatted(text.subSequence(i, i + 6), i),
                        "Remove it; NUL and single surrogates are not text");
            }
            i += paired ? 11 : 5;
        }
    }

    private static int unit(CharSequence text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return 1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static MusterException wrongType(String pointer, String detail) {
        return MusterException.invalid(new Fault(pointer, Fault.Kind.WRONG_TYPE, detail));
    }

    private static String path(JsonMappingException thrown) {
        JsonPointer pointer = JsonPointer.empty();
        List<JsonMappingException.Reference> path = thrown.getPath();
        for (JsonMappingException.Reference step : path) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer.toString();
    }

    private static String place(JsonProcessingException thrown) {
        JsonLocation at = thrown.getLocation();
        return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    }

    /** Jackson's sentence without the setting that it names and without the echo of what was sent. */
    private static String withoutSource(@Nullable String message) {
        String text = message == null ? "the JSON cannot be read" : message;
        return MusterException.shown(text.replaceAll(",? from `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", "")
                .replaceAll("\\s+", " ")
                .replaceFirst("^(Unrecognized token) '.{0,10000}'", "$1"));
    }
}
