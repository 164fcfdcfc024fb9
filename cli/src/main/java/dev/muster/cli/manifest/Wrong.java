package dev.muster.cli.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.muster.cli.BadInput;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the YAML parser complains about, in our words: file, line, column, what, and how to mend it. */
final class Wrong {
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

    private Wrong() {}

    /** Text that is no YAML, or not what this reader takes for it. */
    static BadInput of(String source, JsonProcessingException e) {
        Matcher twice = TWICE.matcher(Objects.requireNonNullElse(e.getOriginalMessage(), ""));
        if (twice.find()) {
            return new BadInput(
                    "%s: the field '%s' is there twice".formatted(where(source, e.getLocation()), twice.group(1)),
                    "Keep one of the two.");
        }
        String where = where(source, e.getLocation());
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            where = "%s:%d:%d"
                    .formatted(
                            source,
                            marked.getProblemMark().getLine() + 1,
                            marked.getProblemMark().getColumn() + 1);
        }
        return new BadInput("%s: no YAML: %s".formatted(where, firstLines(e.getOriginalMessage())));
    }

    /** YAML that is no resource; {@code where} is the place of the field in question. */
    static BadInput of(JsonMappingException e, String where) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknown(where, unknown);
        }
        if (e instanceof InvalidFormatException form) {
            return new BadInput("%s: bad value '%s' of %s: expected %s"
                    .formatted(where, form.getValue(), path(form), expected(form.getTargetType())));
        }
        if (e instanceof MismatchedInputException mismatch) {
            return new BadInput(
                    "%s: %s must be %s".formatted(where, path(mismatch), expected(mismatch.getTargetType())));
        }
        return new BadInput("%s: %s: %s".formatted(where, path(e), firstLines(e.getOriginalMessage())));
    }

    /** The field in question as a JSON pointer. */
    static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? "/" + step.getIndex()
                        : "/" + step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    static String where(String source, @Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 1
                ? source
                : "%s:%d:%d".formatted(source, at.getLineNr(), at.getColumnNr());
    }

    private static BadInput unknown(String where, UnrecognizedPropertyException e) {
        String parent = path(e.getPath().subList(0, Math.max(0, e.getPath().size() - 1)));
        Collection<Object> ids = e.getKnownPropertyIds();
        List<String> known = ids == null
                ? List.of()
                : ids.stream().map(Object::toString).sorted().toList();
        String message = "%s: unknown field '%s' in %s".formatted(where, e.getPropertyName(), parent);
        String all = "Known there: " + String.join(", ", known);
        return Spelling.meant(e.getPropertyName(), known)
                .map(meant -> new BadInput(message, "Did you mean '" + meant + "'?", all))
                .orElseGet(() -> new BadInput(message, all));
    }

    private static String path(JsonMappingException e) {
        return path(e.getPath());
    }

    private static String path(List<JsonMappingException.Reference> steps) {
        String path = steps.stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "the document" : path.substring(path.startsWith(".") ? 1 : 0);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another form";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == java.time.Instant.class) {
            return "a time such as 2026-11-21T09:00:00Z";
        }
        return Collection.class.isAssignableFrom(type)
                ? "a list ('- …' on each line)"
                : "a mapping ('name: value' on each line)";
    }

    private static String firstLines(@Nullable String message) {
        return message == null
                ? ""
                : message.lines().limit(2).collect(Collectors.joining(" ")).strip();
    }
}
