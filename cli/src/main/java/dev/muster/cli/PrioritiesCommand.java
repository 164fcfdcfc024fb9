package dev.muster.cli;

import dev.muster.api.PriorityClass;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The priority classes that jobs may name. */
@Command(
        name = "priorities",
        description = {
            "Shows the priority classes, highest first, and which of them may take room from jobs below. The priority of",
            "single jobs is for 'muster prio'. Make or change one with 'muster apply -f FILE'."
        },
        footer = {"  muster priorities", "  muster priorities show rush -o yaml", "  muster priorities delete rush"})
final class PrioritiesCommand extends Verb {
    @Override
    public Integer call() {
        List<PriorityClass> all = client().priorityClasses().all();
        if (!forPeople()) {
            Print.all(screen(), all);
            return ExitCode.OK;
        }
        Table table = new Table("PRIORITY CLASS", ">VALUE", "PREEMPTS", "USUAL", "DESCRIPTION");
        all.stream()
                .sorted(Comparator.comparingInt(
                                (PriorityClass one) -> one.spec().value())
                        .reversed()
                        .thenComparing(one -> one.metadata().name()))
                .forEach(one -> table.row(
                        one.metadata().name(),
                        Integer.toString(one.spec().value()),
                        "Never".equals(one.spec().preemptionPolicy()) ? "" : "yes",
                        Boolean.TRUE.equals(one.spec().globalDefault()) ? "yes" : "",
                        Text.plain(Objects.requireNonNullElse(one.spec().description(), ""))));
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a priority class, as it can be applied.")
    int show(@Parameters(paramLabel = "CLASS") String name) {
        return declared().show(screen(), name);
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a priority class that nothing names any more.")
    int delete(@Parameters(paramLabel = "CLASS") String name) {
        return declared().delete(screen(), name);
    }

    private Declared<PriorityClass> declared() {
        return new Declared<>("priorityclass", client().priorityClasses(), PriorityClass::metadata);
    }
}
