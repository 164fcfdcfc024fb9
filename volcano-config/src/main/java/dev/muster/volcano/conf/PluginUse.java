package dev.muster.volcano.conf;

import java.util.List;
import java.util.Optional;

/** A plugin in its tier (its {@code level}, counted from 1), with what was said about it. */
public record PluginUse(String name, int line, int level, Item written) {
    /** Whether one of its votes is asked for; Volcano's default is yes, except for {@code enableHierarchy}. */
    public boolean isOn(String flag) {
        return written.field(flag)
                .filter(value -> value.kind() == Item.Kind.SWITCH)
                .map(value -> isTrue(value.text()))
                .orElse(!Flags.OFF_BY_DEFAULT.contains(flag));
    }

    public List<Item.Entry> arguments() {
        return written.field("arguments").map(Item::entries).orElse(List.of());
    }

    public Optional<Item> argument(String key) {
        return written.field("arguments").flatMap(arguments -> arguments.field(key));
    }

    /** A number argument as Volcano reads it: what is no number counts as not given. */
    public double number(String key, double standard) {
        return argument(key)
                .filter(value -> value.kind() == Item.Kind.WHOLE_NUMBER || value.kind() == Item.Kind.FRACTION)
                .flatMap(value -> Numbers.of(value.text()))
                .orElse(standard);
    }

    public boolean flag(String key, boolean standard) {
        return argument(key).map(value -> isTrue(value.text())).orElse(standard);
    }

    private static boolean isTrue(String text) {
        return List.of("true", "yes", "on", "y", "t", "1").contains(text.toLowerCase(java.util.Locale.ROOT));
    }
}
