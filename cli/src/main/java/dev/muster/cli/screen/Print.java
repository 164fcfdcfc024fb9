package dev.muster.cli.screen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.api.client.Json;
import java.util.Collection;
import java.util.stream.Collectors;

/** Wire objects as JSON or YAML, one or many. */
public final class Print {
    private Print() {}

    /** JSON: an array; YAML: documents, such as {@code apply} reads. */
    public static void all(Screen screen, Collection<?> things) {
        if (screen.output() == Output.YAML) {
            things.forEach(thing -> one(screen, thing));
        } else {
            screen.print(json(things));
        }
    }

    /** Documents such as {@code apply} reads, whatever was asked for, unless it was JSON. */
    public static void documents(Screen screen, Collection<?> things) {
        if (screen.output() == Output.JSON) {
            screen.print(json(things));
        } else {
            things.forEach(thing -> screen.print(yaml(thing)));
        }
    }

    public static void one(Screen screen, Object thing) {
        screen.print(screen.output() == Output.YAML ? yaml(thing) : json(thing));
    }

    /** On one line, for streams. */
    public static void line(Screen screen, Object thing) {
        screen.print(screen.output() == Output.YAML ? yaml(thing) : compact(thing));
    }

    private static String json(Object thing) {
        try {
            return escaped(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(thing));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON: " + thing, e);
        }
    }

    private static String compact(Object thing) {
        try {
            return escaped(Json.mapper().writeValueAsString(thing));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON: " + thing, e);
        }
    }

    /** Jackson escapes the control characters of ASCII; the others could only be within texts, too. */
    private static String escaped(String json) {
        return json.codePoints().noneMatch(Print::isOdd)
                ? json
                : json.codePoints()
                        .mapToObj(c -> isOdd(c) ? "\\u%04x".formatted(c) : Character.toString(c))
                        .collect(Collectors.joining());
    }

    private static boolean isOdd(int c) {
        return c > 0x7e && c <= 0xffff && Text.isOdd((char) c);
    }

    private static String yaml(Object thing) {
        try {
            return Yaml.MAPPER
                    .writeValueAsString(Json.mapper().<JsonNode>valueToTree(thing))
                    .stripTrailing();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as YAML: " + thing, e);
        }
    }

    /** Apart, so that tables and JSON do not pay for it. */
    private static final class Yaml {
        private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES)
                        .build())
                .build();
    }
}
