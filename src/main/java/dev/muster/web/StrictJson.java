package dev.muster.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that a caller sent, as strictly as RFC 8259 allows: valid UTF-8, no repeated keys, no unknown fields, no guessed
 * types, bounded depth and lengths. Whatever is wrong is told with a JSON pointer, all unknown fields and wrong types at once.
 */
final class StrictJson {
    /** Deepest nesting of a body; ours need 10. */
    static final int DEEPEST = 64;
    /** Longest text in a body, in characters. */
    static final int LONGEST_TEXT = 256 * 1024;

    private static final ObjectMapper MAPPER = mapper();

    private StrictJson() {}

    /** @throws MusterException where the bytes are not what {@code type} looks like */
    static Object read(byte[] bytes, Type type) {
        CharBuffer text = decode(bytes);
        JavaType target = MAPPER.constructType(type);
        ObjectReader reader = MAPPER.readerFor(target);
        WrongFields wrong = new WrongFields(new Faults());
        try (JsonParser parser = MAPPER.createParser(text.array(), text.arrayOffset(), text.length())) {
            try {
                if (text.toString().isBlank()) {
                    throw MusterException.malformed("", "the body is empty");
                }
                JsonText.refuseUnstorable(text);
                Object value = reader.withHandler(wrong).readValue(parser);
                if (value == null) {
                    throw MusterException.malformed("", "the body is null");
                }
                if (wrong.sawUnknown()) {
                    try (JsonParser again = MAPPER.createParser(text.array(), text.arrayOffset(), text.length())) {
                        new UnknownFields(again, wrong.faults()).find(target);
                    }
                }
                wrong.faults().refuseIfAny();
                return value;
            } catch (JsonProcessingException e) {
                throw JsonText.refusal(e, parser);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Reading characters in memory failed", e);
        }
    }

    private static CharBuffer decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return decoder.decode(in);
        } catch (CharacterCodingException e) {
            throw MusterException.malformed(
                    "",
                    "the body is not UTF-8: byte %d (0x%02X) is not part of a character"
                            .formatted(in.position(), bytes[Math.min(in.position(), bytes.length - 1)] & 0xFF),
                    "Send the body in UTF-8");
        }
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new SimpleModule().addDeserializer(Instant.class, new TimeReader()))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, texts -> texts.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.TryConvert)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(1024)
                        .maxNumberLength(100)
                        .build());
        return mapper;
    }

    /** RFC 3339 only: a number could be seconds or milliseconds. */
    private static final class TimeReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        TimeReader() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            String text = parser.getText();
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not RFC 3339");
            }
        }
    }
}
