package dev.muster.quota.scenario;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps, lists and texts as YAML: what is short on one line, the rest in blocks. Any text is read again as it was. */
final class YamlText {
    private static final int WIDTH = 120;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_./+:=-]*[A-Za-z0-9_./+=-])?");

    /** What some readers of YAML take for something else than text, or round. */
    private static final Pattern MEANT_OTHERWISE =
            Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|[-+]?[0-9.]+e[-+]?[0-9]+");

    private YamlText() {}

    /** {@code value} is made of maps, lists, texts and null. The top is always a block. */
    static String of(Map<String, ?> value) {
        StringBuilder text = new StringBuilder();
        value.forEach((name, part) -> entry(text, 0, scalar(name) + ":", part));
        return text.toString();
    }

    private static void entry(StringBuilder text, int depth, String lead, @Nullable Object value) {
        String indent = "  ".repeat(depth);
        String flow = flow(value);
        boolean block = indent.length() + lead.length() + 1 + flow.length() > WIDTH;
        if (block && value instanceof Map<?, ?> map) {
            text.append(indent).append(lead).append('\n');
            map.forEach((name, part) -> entry(text, depth + 1, scalar(String.valueOf(name)) + ":", part));
        } else if (block && value instanceof List<?> list) {
            text.append(indent).append(lead).append('\n');
            list.forEach(item -> item(text, depth + 1, item));
        } else {
            text.append(indent).append(lead).append(' ').append(flow).append('\n');
        }
    }

    static void item(StringBuilder text, int depth, @Nullable Object item) {
        String indent = "  ".repeat(depth);
        if (item instanceof Map<?, ?> map && indent.length() + 2 + flow(map).length() > WIDTH) {
            StringBuilder entries = new StringBuilder();
            map.forEach((name, part) -> entry(entries, depth + 1, scalar(String.valueOf(name)) + ":", part));
            text.append(indent).append("- ").append(entries.substring(indent.length() + 2));
        } else {
            text.append(indent).append("- ").append(flow(item)).append('\n');
        }
    }

    private static String flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(each -> scalar(String.valueOf(each.getKey())) + ": " + flow(each.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "[]"
                    : list.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[ ", " ]"));
        }
        return value == null ? "~" : value instanceof Boolean ? value.toString() : scalar(value.toString());
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !MEANT_OTHERWISE.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isShown(point)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(point > 0xffff ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** What a YAML file may hold as it is, and an editor shows. */
    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
