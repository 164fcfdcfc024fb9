package dev.muster.cli.manifest;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the fields of files are, for people: each has a sentence beside its type. */
public final class Fields {
    private static final Properties SENTENCES = sentences();

    private Fields() {}

    /** One field. {@code below} is the record that it holds, if it holds any. */
    public record Field(
            String name,
            String type,
            String sentence,
            @Nullable Class<?> below) {}

    /** A place in a document: its fields, and the sentence of the field that leads there (null: the document itself). */
    public record Found(String path, @Nullable Field field, List<Field> fields) {}

    /** The fields of a kind, however it is written: Job, job, priorityclass, template. */
    public static Optional<Class<?>> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equalsIgnoreCase(word)
                        || (!word.isEmpty() && kind.word().equalsIgnoreCase("Job" + word)))
                .<Class<?>>map(Kind::type)
                .findFirst();
    }

    /**
     * What a path such as {@code job.spec.retry} leads to.
     *
     * @throws Unknown where there is no such kind or field; {@code others} are kinds that are known elsewhere
     */
    public static Found at(String path, List<String> others) {
        String[] steps = path.strip().split("[./]");
        Class<?> type = kind(steps[0]).orElseThrow(() -> new Unknown(steps[0], words(others)));
        Field field = null;
        for (int i = 1; i < steps.length; i++) {
            String step = steps[i];
            if (type == null) {
                throw new Unknown(step, List.of());
            }
            List<Field> known = of(type);
            field = known.stream()
                    .filter(one -> one.name().equalsIgnoreCase(step))
                    .findFirst()
                    .orElseThrow(() ->
                            new Unknown(step, known.stream().map(Field::name).toList()));
            type = field.below();
        }
        return new Found(path.strip(), field, type == null ? List.of() : of(type));
    }

    private static List<String> words(List<String> others) {
        return Stream.concat(Arrays.stream(Kind.values()).map(Kind::word), others.stream())
                .toList();
    }

    /** Nothing is called so; {@code known} is what is. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String word;
        private final transient List<String> known;

        public static Unknown of(String word, List<String> known) {
            return new Unknown(word, known);
        }

        private Unknown(String word, List<String> known) {
            super("There is no '%s' here".formatted(word));
            this.word = word;
            this.known = known;
        }

        /** What was meant, or all that is known. */
        public String advice() {
            return Spelling.meant(word, known)
                    .map(meant -> "Did you mean " + meant + "?")
                    .orElse(known.isEmpty() ? "It has no fields." : "Expected one of " + String.join(", ", known));
        }
    }

    static List<Field> of(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> new Field(
                        component.getName(),
                        word(component.getGenericType()),
                        Objects.requireNonNullElse(SENTENCES.getProperty(key(type, component)), ""),
                        below(component.getGenericType())))
                .toList();
    }

    /** The sentence's key: the record's own, or the one of all records. */
    static String key(Class<?> type, RecordComponent component) {
        String own = type.getSimpleName() + "." + component.getName();
        return SENTENCES.containsKey(own) ? own : "*." + component.getName();
    }

    static Properties known() {
        return SENTENCES;
    }

    static @Nullable Class<?> below(Type type) {
        if (type instanceof ParameterizedType with) {
            Type[] arguments = with.getActualTypeArguments();
            return below(arguments[arguments.length - 1]);
        }
        return type instanceof Class<?> plain && plain.isRecord() ? plain : null;
    }

    private static String word(Type type) {
        if (type instanceof ParameterizedType with) {
            Type[] arguments = with.getActualTypeArguments();
            return with.getRawType() == Map.class
                    ? "map of " + word(arguments[arguments.length - 1])
                    : "list of " + word(arguments[0]);
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Instant.class) {
            return "time";
        }
        if (type == Double.class || type == double.class) {
            return "number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return type instanceof Class<?> plain && plain.isRecord()
                ? "object"
                : type instanceof Class<?> number && Number.class.isAssignableFrom(boxed(number))
                        ? "whole number"
                        : type.getTypeName().toLowerCase(Locale.ROOT);
    }

    private static Class<?> boxed(Class<?> type) {
        return type == int.class ? Integer.class : type == long.class ? Long.class : type;
    }

    private static Properties sentences() {
        Properties read = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(Fields.class.getResourceAsStream("/dev/muster/cli/fields.properties")),
                StandardCharsets.UTF_8)) {
            read.load(in);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
