package dev.muster.ui;

import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Sum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Puts together who used which classes: {@code jobs} and {@code held} by a name and a class. */
record PriorityRows(Dimension what, List<String> classes, Map<List<String>, Long> jobs, Map<List<String>, Sum> held) {
    private static final int COLOURS = 5;

    List<PriorityPage.Row> rows() {
        TreeSet<String> names = new TreeSet<>();
        jobs.keySet().forEach(key -> names.add(key.get(0)));
        held.keySet().forEach(key -> names.add(key.get(0)));
        double most = names.stream().mapToDouble(this::hours).max().orElse(0);
        return names.stream()
                .sorted(Comparator.comparingDouble((String name) -> -hours(name))
                        .thenComparing(name -> name))
                .map(name -> row(name, most))
                .toList();
    }

    List<PriorityPage.Head> heads() {
        List<PriorityPage.Head> heads = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            String name = classes.get(i);
            long count = jobs.entrySet().stream()
                    .filter(each -> each.getKey().get(1).equals(name))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            double sum = held.entrySet().stream()
                    .filter(each -> each.getKey().get(1).equals(name))
                    .mapToDouble(each -> each.getValue().coreHours())
                    .sum();
            heads.add(new PriorityPage.Head(name, css(i), Long.toString(count), text(sum)));
        }
        return heads;
    }

    private PriorityPage.Row row(String name, double most) {
        List<PriorityPage.Cell> cells = new ArrayList<>();
        List<PriorityPage.Part> parts = new ArrayList<>();
        List<String> told = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < classes.size(); i++) {
            long count = jobs.getOrDefault(List.of(name, classes.get(i)), 0L);
            double hours = hours(name, classes.get(i));
            boolean none = count == 0 && hours == 0;
            cells.add(new PriorityPage.Cell(
                    none ? "" : Long.toString(count),
                    none ? "" : text(hours),
                    none ? null : "/ui/jobs?%s=%s&priority=%s".formatted(what.word(), name, classes.get(i))));
            double width = most <= 0 ? 0 : Math.round(hours * 10_000 / most) / 100.0;
            if (width > 0) {
                parts.add(new PriorityPage.Part(at, width, css(i)));
                at += width;
            }
            if (!none) {
                told.add("%s %s core-hours in %d jobs".formatted(classes.get(i), text(hours), count));
            }
        }
        return new PriorityPage.Row(
                name,
                what == Dimension.QUEUE ? "/ui/queues/" + name : "/ui/jobs?team=" + name,
                cells,
                parts,
                name + ": " + String.join(", ", told));
    }

    private double hours(String name) {
        return classes.stream().mapToDouble(each -> hours(name, each)).sum();
    }

    private double hours(String name, String priority) {
        Sum sum = held.get(List.of(name, priority));
        return sum == null ? 0 : sum.coreHours();
    }

    /** The highest class has the strongest colour. */
    private String css(int number) {
        return "p" + Math.max(0, COLOURS - classes.size() + number);
    }

    private static String text(double hours) {
        return hours == 0
                ? "0"
                : hours < 0.05 ? "< 0.1" : String.format(Locale.ROOT, hours < 10 ? "%.1f" : "%,.0f", hours);
    }
}
