package dev.muster.cli;

import dev.muster.api.Queue;
import dev.muster.api.QueueInForce.Amounts;
import dev.muster.api.QueueStatus;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The tree of queues. */
@Command(
        name = "queues",
        description = {
            "Shows the tree of queues: what each holds, of what it deserves (first) and may hold at most.",
            "The bar is used of the most it may hold: yellow from 70 %%, red from 95 %%.",
            "With --waits: who waits for whom, what would give way by right were it needed, and why the rest stays."
        },
        footer = {
            "  muster queues",
            "  muster queues --watch",
            "  muster queues --waits",
            "  muster queues --waits research",
            "  muster queues show vision > vision.yaml    as it can be changed and applied",
            "  muster queues delete vision"
        })
final class QueuesCommand extends ListVerb {
    private static final int BAR = 14;
    private static final int DEEPEST = 64;

    @Option(
            names = "--waits",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "QUEUE",
            description =
                    "Who waits for whom: which queues hold what the waiting gangs lack; of all, or of one with those below it.")
    private @Nullable String waits;

    @Override
    public Integer call() {
        if (waits != null) {
            return WaitsTable.show(client().waits(waits.isEmpty() ? null : waits), forPeople(), screen());
        }
        list(
                client -> client.queues().all(),
                this::table,
                "There is no queue yet. Make some: muster apply -f examples/queues.yaml");
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a queue, as it can be applied.")
    int show(@Parameters(paramLabel = "QUEUE") String name) {
        return declared().show(screen(), name);
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a queue that has no jobs, no teams and none below it.")
    int delete(@Parameters(paramLabel = "QUEUE") String name) {
        return declared().delete(screen(), name);
    }

    private Declared<Queue> declared() {
        return new Declared<>("queue", client().queues(), Queue::metadata);
    }

    private Table table(List<Queue> queues) {
        Map<String, List<Queue>> children = new TreeMap<>();
        Set<String> names = new HashSet<>();
        queues.forEach(queue -> names.add(queue.metadata().name()));
        for (Queue queue : queues) {
            String parent = queue.spec().parent();
            children.computeIfAbsent(parent != null && names.contains(parent) ? parent : "", p -> new ArrayList<>())
                    .add(queue);
        }
        Table table = new Table(
                "QUEUE",
                "STATE",
                ">PENDING",
                ">RUNNING",
                "RESOURCE",
                "FILL",
                ">USED",
                ">GUARANTEE",
                ">DESERVED",
                ">AT MOST");
        branch(table, children, "", "", 0);
        return table;
    }

    private void branch(Table table, Map<String, List<Queue>> children, String parent, String indent, int depth) {
        List<Queue> here = children.getOrDefault(parent, List.of());
        for (int i = 0; i < here.size() && depth < DEEPEST; i++) {
            Queue queue = here.get(i);
            boolean last = i == here.size() - 1;
            boolean top = depth == 0;
            rows(table, indent + (top ? "" : last ? "└ " : "├ "), indent + (top ? "" : last ? "  " : "│ "), queue);
            branch(table, children, queue.metadata().name(), indent + (top ? "" : last ? "  " : "│ "), depth + 1);
        }
    }

    private void rows(Table table, String first, String rest, Queue queue) {
        QueueStatus status = queue.status();
        Map<String, String> used = status == null ? Map.of() : status.used();
        Map<String, String> most = most(queue);
        Map<String, String> deserved =
                inForce(queue, Amounts::deserved, queue.spec().deserved());
        Map<String, String> guarantee =
                inForce(queue, Amounts::guarantee, queue.spec().guarantee());
        Set<String> resources = new TreeSet<>(used.keySet());
        resources.addAll(deserved.keySet());
        resources.addAll(guarantee.keySet());
        resources.addAll(most.keySet());
        String name = screen().paint(Colour.DIM, first) + queue.metadata().name();
        String inForce = status == null || status.inForce() == null
                ? queue.spec().state()
                : status.inForce().state();
        String state = "OPEN".equals(inForce) || inForce == null ? "" : screen().paint(Colour.MAGENTA, inForce);
        String pending = status == null ? "" : Integer.toString(status.pending());
        String running = status == null ? "" : Integer.toString(status.running());
        if (resources.isEmpty()) {
            table.row(name, state, pending, running, "", "", "", "", "", "");
        }
        for (String resource : resources) {
            double part = Amount.of(used, resource);
            double whole = Amount.of(most.getOrDefault(resource, deserved.getOrDefault(resource, "0")));
            table.row(
                    name,
                    state,
                    pending,
                    running,
                    resource,
                    whole > 0 ? screen().paint(Bar.colour(part, whole), Bar.of(part, whole, BAR)) : "",
                    used.getOrDefault(resource, "0"),
                    guarantee.getOrDefault(resource, "–"),
                    deserved.getOrDefault(resource, "–"),
                    most.getOrDefault(resource, "–"));
            name = screen().paint(Colour.DIM, rest);
            state = "";
            pending = "";
            running = "";
        }
    }

    /** What the planner used; what was written where the service does not say. */
    private static Map<String, String> inForce(
            Queue queue, Function<Amounts, Map<String, String>> which, @Nullable Map<String, String> written) {
        QueueStatus status = queue.status();
        if (status == null || status.inForce() == null) {
            return Objects.requireNonNullElse(written, Map.of());
        }
        Map<String, String> said = new TreeMap<>(which.apply(status.inForce().amounts()));
        said.values().removeIf("0"::equals);
        return said;
    }

    /** What is in force; what was written where the service does not say. */
    private static Map<String, String> most(Queue queue) {
        QueueStatus status = queue.status();
        if (status != null && status.effectiveCapability() != null) {
            return status.effectiveCapability();
        }
        return Objects.requireNonNullElse(queue.spec().capability(), Map.of());
    }
}
