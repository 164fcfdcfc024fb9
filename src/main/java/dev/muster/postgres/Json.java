package dev.muster.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.resource.Resources;
import dev.muster.schedule.ScheduleName;
import java.io.IOException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Domain records as JSON columns: components by name, names and ids as text, resources as a map, absent instead of null. What
 * an older service wrote is read by a newer one: unknown components are passed over.
 */
final class Json {
    /** A list or map that an older service did not know of. */
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .withConfigOverride(List.class, absent -> absent.setSetterInfo(EMPTY))
            .withConfigOverride(Map.class, absent -> absent.setSetterInfo(EMPTY))
            .addModule(new JavaTimeModule())
            .addModule(words())
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write as JSON: " + value.getClass(), e);
        }
    }

    static @Nullable String writeNullable(@Nullable Object value) {
        return value == null ? null : write(value);
    }

    static <T> Reader<T> reader(Class<T> type) {
        return new Reader<>(MAPPER.readerFor(type));
    }

    static <T> Reader<T> reader(TypeReference<T> type) {
        return new Reader<>(MAPPER.readerFor(type));
    }

    /** Reads one type. */
    record Reader<T>(ObjectReader reader) {
        T read(String text) {
            try {
                return reader.readValue(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The database holds what cannot be read: " + text, e);
            }
        }

        @Nullable
        T readNullable(@Nullable String text) {
            return text == null ? null : read(text);
        }
    }

    private static SimpleModule words() {
        SimpleModule module = new SimpleModule("words");
        word(module, TeamName.class, TeamName::new);
        word(module, QueueName.class, QueueName::new);
        word(module, PoolName.class, PoolName::new);
        word(module, NodeName.class, NodeName::new);
        word(module, RoleName.class, RoleName::new);
        word(module, PriorityClassName.class, PriorityClassName::new);
        word(module, ScheduleName.class, ScheduleName::new);
        word(module, JobId.class, JobId::new);
        word(module, AttemptId.class, AttemptId::parse);
        word(module, Offering.class, Offering::parse);
        module.addSerializer(Resources.class, new ResourcesWriter());
        module.addDeserializer(Resources.class, new ResourcesReader());
        return module;
    }

    private static <T> void word(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new ToStringSerializer(type));
        module.addKeySerializer(type, new KeyWriter<>(type));
        module.addDeserializer(type, new WordReader<>(type, parse));
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return parse.apply(key);
            }
        });
    }

    private static final class KeyWriter<T> extends StdSerializer<T> {
        @Serial
        private static final long serialVersionUID = 1L;

        KeyWriter(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeFieldName(value.toString());
        }
    }

    private static final class WordReader<T> extends FromStringDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        WordReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }

    private static final class ResourcesWriter extends StdSerializer<Resources> {
        @Serial
        private static final long serialVersionUID = 1L;

        ResourcesWriter() {
            super(Resources.class);
        }

        @Override
        public void serialize(Resources value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            for (Map.Entry<String, Long> amount : value.asMap().entrySet()) {
                json.writeNumberField(amount.getKey(), amount.getValue());
            }
            json.writeEndObject();
        }
    }

    private static final class ResourcesReader extends StdDeserializer<Resources> {
        @Serial
        private static final long serialVersionUID = 1L;

        ResourcesReader() {
            super(Resources.class);
        }

        @Override
        public Resources deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Map<String, Long> amounts = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                amounts.put(name, json.nextLongValue(0));
            }
            // Only limits are written with a 0, and keep it.
            return Resources.limit(amounts);
        }
    }
}
