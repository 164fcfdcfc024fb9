package dev.muster.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the fields of a JSON text that its record does not have. Jackson notices them as well, but for records it has put them
 * aside by then and no longer knows where they were; so this second look is taken only at a text that has some.
 */
final class UnknownFields {
    private final JsonParser parser;
    private final Faults faults;

    UnknownFields(JsonParser parser, Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    void find(JavaType type) throws IOException {
        parser.nextToken();
        value(type);
    }

    private void value(JavaType type) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT && type.getRawClass().isRecord()) {
            object(type);
        } else if (token == JsonToken.START_OBJECT && type.isMapLikeType()) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                value(type.getContentType());
            }
        } else if (token == JsonToken.START_ARRAY && type.isCollectionLikeType()) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(type.getContentType());
            }
        } else {
            parser.skipChildren();
        }
    }

    private void object(JavaType type) throws IOException {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<RecordComponent> known = Arrays.stream(components)
                    .filter(c -> c.getName().equals(name))
                    .findFirst();
            String pointer = known.isPresent() || faults.isFull() ? "" : JsonText.pointer(parser);
            parser.nextToken();
            if (known.isPresent()) {
                value(TypeFactory.defaultInstance().constructType(known.get().getGenericType()));
            } else if (faults.isFull()) {
                faults.add(pointer, Fault.Kind.UNKNOWN_FIELD, "");
                parser.skipChildren();
            } else {
                List<String> names =
                        Arrays.stream(components).map(RecordComponent::getName).toList();
                faults.add(
                        pointer,
                        Fault.Kind.UNKNOWN_FIELD,
                        "there is no field '%s' here".formatted(MusterException.shown(name)),
                        MusterException.didYouMean(name, names));
                parser.skipChildren();
            }
        }
    }
}
