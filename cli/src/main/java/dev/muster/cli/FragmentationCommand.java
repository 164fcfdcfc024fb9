package dev.muster.cli;

import dev.muster.api.Fragmentation;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What of the nodes is of no use. */
@Command(
        name = "fragmentation",
        description = {
            "Shows what of the free room no pod of the load of the last 24 hours can use (stranded), the largest gang of each shape",
            "that fits now, and nodes that are held by a small remainder of one job (tails). Costs are per hour."
        },
        footer = {
            "  muster fragmentation                 all pools",
            "  muster fragmentation --pool spot-a   one pool, with its nodes",
            "  muster consolidate                   what can be done about tails"
        })
final class FragmentationCommand extends Verb {
    private static final int BAR = 20;
    private static final int MOST_ROWS = 20;

    @Option(names = "--pool", paramLabel = "POOL", description = "Only this pool, with its nodes.")
    private @Nullable String pool;

    @Override
    public Integer call() {
        Fragmentation found = client().packing().fragmentation(pool);
        if (forPeople()) {
            pools(found);
            shapes(found);
            tails(found);
            nodes(found);
        } else {
            Print.one(screen(), found);
        }
        return ExitCode.OK;
    }

    private void pools(Fragmentation found) {
        Table table =
                new Table("POOL", ">NODES", "RESOURCE", ">FREE", ">STRANDED", "OF ALL", ">COST/H", ">TAILS", ">COST/H");
        for (Fragmentation.PoolPart part : found.pools()) {
            String name = part.pool();
            for (String resource : new TreeSet<>(part.allocatable().keySet())) {
                boolean first = !name.isEmpty();
                table.row(
                        name,
                        first ? Integer.toString(part.nodes()) : "",
                        resource,
                        Amount.words(part.free(), resource),
                        Amount.words(part.stranded(), resource),
                        Bar.of(Amount.of(part.stranded(), resource), Amount.of(part.allocatable(), resource), BAR),
                        first ? Amount.money(part.strandedCost()) : "",
                        first ? Integer.toString(part.tails()) : "",
                        first ? Amount.money(part.tailCost()) : "");
                name = "";
            }
        }
        table.print(screen());
    }

    private void shapes(Fragmentation found) {
        if (found.shapes().isEmpty()) {
            screen().note("No pod was launched in the last 24 hours: nothing to measure by.");
            return;
        }
        screen().print("");
        Table table = new Table("A POD ASKS", ">OF THE LOAD", ">LARGEST GANG", "WHERE");
        found.shapes().stream()
                .limit(MOST_ROWS)
                .forEach(shape -> table.row(
                        words(shape.pod()),
                        percent(shape.share()),
                        Long.toString(shape.largestGang()),
                        shape.byPool().entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "))));
        table.print(screen());
        found.shapes().stream()
                .limit(MOST_ROWS)
                .filter(shape -> shape.advice() != null)
                .forEach(shape ->
                        shape.advice().forEach((name, text) -> screen().print("%s: %s".formatted(name, text))));
    }

    private void tails(Fragmentation found) {
        if (found.tails().isEmpty()) {
            return;
        }
        screen().print("");
        Table table = new Table("TAIL", "POOL", "JOB", ">PODS", ">FILL", ">COST/H", "MAY GO");
        found.tails().stream()
                .limit(MOST_ROWS)
                .forEach(tail -> table.row(
                        tail.node(),
                        tail.pool(),
                        tail.job(),
                        Integer.toString(tail.pods()),
                        percent(tail.fill()),
                        Amount.money(tail.cost()),
                        tail.elastic() ? "yes" : "of its gang"));
        table.print(screen());
        if (found.tails().size() > MOST_ROWS) {
            screen().note("And %d more: -o json has them."
                    .formatted(found.tails().size() - MOST_ROWS));
        }
    }

    private void nodes(Fragmentation found) {
        if (found.nodes() == null) {
            return;
        }
        screen().print("");
        Table table = new Table("NODE", ">PODS", "USED", ">", ">STRANDED", "");
        for (Fragmentation.NodePart node : found.nodes()) {
            table.row(
                    node.name(),
                    Integer.toString(node.pods()),
                    Bar.of(node.fill(), 1, BAR),
                    percent(node.fill()),
                    percent(node.strandedShare()),
                    node.tail() ? "tail" : node.ready() ? "" : "not ready");
        }
        table.print(screen());
    }

    private static String words(Map<String, String> amounts) {
        return amounts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", part * 100);
    }
}
