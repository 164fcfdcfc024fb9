package dev.muster.volcano.lint;

import dev.muster.volcano.conf.Arguments;
import dev.muster.volcano.conf.Configuration;
import dev.muster.volcano.conf.Form;
import dev.muster.volcano.conf.Item;
import dev.muster.volcano.conf.PluginUse;
import dev.muster.volcano.conf.Surroundings;
import java.util.List;
import java.util.Optional;

/** Arguments of plugins and actions: whether anybody reads them, and what becomes of their values. */
final class Values {
    private Values() {}

    static void look(Configuration conf, Surroundings around, Findings found) {
        conf.plugins().stream()
                .filter(plugin -> Arguments.plugins().contains(plugin.name()))
                .forEach(plugin -> {
                    plugin.arguments().forEach(argument -> {
                        Optional<Form> form = Arguments.ofPlugin(plugin.name(), argument.key());
                        argument(plugin.name(), argument, form, Arguments.ofPlugin(plugin.name()), found);
                    });
                    ranges(plugin, found);
                });
        for (Item configuration :
                conf.written().field("configurations").map(Item::items).orElse(List.of())) {
            configuration(conf, configuration, found);
        }
    }

    private static void configuration(Configuration conf, Item configuration, Findings found) {
        String action = configuration.textOf("name");
        if (!Arguments.actions().contains(action)) {
            found.add(
                    Rule.UNKNOWN_ACTION,
                    Severity.WARNING,
                    configuration.line(),
                    "'%s' is no action of Volcano: nobody reads its arguments".formatted(Words.shown(action)),
                    Words.advice(action, Arguments.actions()));
            return;
        }
        if (conf.action(action).isEmpty()) {
            found.add(
                    Rule.UNUSED_ARGUMENTS,
                    configuration.line(),
                    "Arguments for '%s', which is not in actions".formatted(action),
                    "Take them away, or add the action.");
        }
        configuration
                .field("arguments")
                .map(Item::entries)
                .orElse(List.of())
                .forEach(argument -> argument(
                        action,
                        argument,
                        Arguments.ofAction(action, argument.key()),
                        Arguments.ofAction(action),
                        found));
    }

    private static void argument(
            String of, Item.Entry argument, Optional<Form> form, java.util.Collection<String> known, Findings found) {
        String key = Words.shown(argument.key());
        Item value = argument.value();
        if (form.isEmpty()) {
            found.add(
                    Rule.UNKNOWN_ARGUMENT,
                    argument.line(),
                    "'%s' is no argument of %s".formatted(key, of),
                    Words.advice(argument.key(), known));
        } else if (!form.get().takes(value)) {
            String expected = form.get().word();
            String is = value.isCollection()
                    ? value.kind().word()
                    : "'%s' (%s)"
                            .formatted(Words.shown(value.shown()), value.kind().word());
            boolean deadly = form.get().isDeadly();
            boolean number = form.get() == Form.WHOLE_NUMBER || form.get() == Form.NUMBER;
            found.add(
                    deadly ? Rule.DEADLY_ARGUMENT : number ? Rule.NOT_A_NUMBER : Rule.VALUE_WITHOUT_EFFECT,
                    argument.line(),
                    "%s must be %s, and is %s%s"
                            .formatted(key, expected, is, deadly ? "" : ": the default is used instead"),
                    "Write %s%s.".formatted(expected, number ? " without quotes and without a point" : ""));
        }
    }

    private static void ranges(PluginUse plugin, Findings found) {
        switch (plugin.name()) {
            case "overcommit" ->
                plugin.argument("overcommit-factor")
                        .filter(factor -> plugin.number("overcommit-factor", 1) < 1)
                        .ifPresent(factor -> withoutEffect(
                                factor, "overcommit-factor below 1: 1.2 is used instead", "Write 1 or more.", found));
            case "binpack" ->
                plugin.arguments().stream()
                        .filter(argument -> argument.key().startsWith("binpack.")
                                && argument.value().text().startsWith("-")
                                && !argument.key().equals("binpack.weight"))
                        .forEach(argument -> withoutEffect(
                                argument.value(),
                                Words.shown(argument.key()) + " below 0: 1 is used instead",
                                "Write 0 or more.",
                                found));
            case "sla" ->
                plugin.argument("sla-waiting-time")
                        .filter(time -> !time.text().matches("([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+"))
                        .ifPresent(time -> withoutEffect(
                                time,
                                "sla-waiting-time '%s' is no length of time: none is used"
                                        .formatted(Words.shown(time.shown())),
                                "Write one such as 1h30m.",
                                found));
            case "rescheduling" -> strategies(plugin, found);
            case "deviceshare" -> modes(plugin, found);
            default -> {
                // The others say nothing about their ranges, or refuse nothing.
            }
        }
    }

    private static void strategies(PluginUse plugin, Findings found) {
        plugin.argument("strategies").map(Item::items).orElse(List.of()).stream()
                .filter(strategy -> !strategy.textOf("name").equals("lowNodeUtilization"))
                .forEach(strategy -> withoutEffect(
                        strategy,
                        "'%s' is no strategy: there is only lowNodeUtilization"
                                .formatted(Words.shown(strategy.textOf("name"))),
                        "Write 'name: lowNodeUtilization', or take it away.",
                        found));
    }

    private static void modes(PluginUse plugin, Findings found) {
        List<String> on =
                List.of("deviceshare.GPUSharingEnable", "deviceshare.GPUNumberEnable", "deviceshare.VGPUEnable")
                        .stream()
                        .filter(mode -> plugin.flag(mode, false))
                        .toList();
        if (on.size() > 1) {
            found.add(
                    Rule.GPU_MODES_TOGETHER,
                    plugin.argument(on.get(1)).map(Item::line).orElse(plugin.line()),
                    String.join(" and ", on) + " are on together",
                    "Keep one of them.");
        }
    }

    private static void withoutEffect(Item value, String what, String mend, Findings found) {
        found.add(Rule.VALUE_WITHOUT_EFFECT, value.line(), what, mend);
    }
}
