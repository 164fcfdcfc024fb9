package dev.muster.cli;

import dev.muster.api.Consolidation;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Nodes that could be empty. */
@Command(
        name = "consolidate",
        description = {
            "Shows nodes that would be empty if their few pods ran on others that are held anyway, and what each costs in an hour.",
            "Nothing moves without --apply. Only pods above the minimum of a gang move, or whole gangs where the policy lets them",
            "(consolidation.gangs); never more nodes in an hour than consolidation.perHour."
        },
        footer = {
            "  muster consolidate                                     what could be done",
            "  muster consolidate --apply --why 'before the weekend'  do it",
            "  muster consolidate --apply --node big-7 --why 'broken fan'"
        })
final class ConsolidateCommand extends Verb {
    @Option(names = "--apply", description = "Do it; what does not hold any more by then is left.")
    private boolean apply;

    @Option(names = "--node", paramLabel = "NODE", description = "Only this one of the proposals; may be repeated.")
    private List<String> nodes = List.of();

    @Option(names = "--why", paramLabel = "TEXT", description = "Told to whoever moves; needed with --apply.")
    private @Nullable String why;

    @Override
    public Integer call() {
        if (apply && (why == null || why.isBlank())) {
            throw new BadInput("--apply needs --why: it is told to whoever moves");
        }
        if (!apply && (why != null || !nodes.isEmpty())) {
            throw new BadInput("--node and --why go with --apply: without it nothing is done");
        }
        Consolidation found = apply
                ? client().packing().consolidate(nodes, why)
                : client().packing().consolidation();
        if (forPeople()) {
            show(found);
        } else {
            Print.one(screen(), found);
        }
        return ExitCode.OK;
    }

    private void show(Consolidation found) {
        if (found.proposals().isEmpty()) {
            screen().note("No node could be emptied: none is held by so little that has room elsewhere.");
            return;
        }
        Table table = new Table("NODE", "POOL", ">COST/H", ">LOST CORE-H", "MOVES");
        found.proposals()
                .forEach(proposal -> table.row(
                        proposal.node(),
                        proposal.pool(),
                        Amount.money(proposal.gain()),
                        String.format(Locale.ROOT, "%,.1f", proposal.lostCoreHours()),
                        proposal.moves().stream()
                                .map(move -> "%d of %s%s to %s"
                                        .formatted(
                                                move.pods(),
                                                move.job(),
                                                move.wholeGang() ? " (whole gang)" : "",
                                                String.join(", ", move.to().keySet())))
                                .collect(Collectors.joining("; "))));
        table.print(screen());
        screen().note(
                        apply
                                ? "The next plan looks at them again and empties those that still hold: muster events -f"
                                : "%d of %d nodes may still be emptied in this hour%s. Do it: muster consolidate --apply --why …"
                                        .formatted(
                                                found.leftThisHour(),
                                                found.perHour(),
                                                found.gain() == null
                                                        ? ""
                                                        : ", all together cost " + Amount.money(found.gain())
                                                                + " an hour"));
    }
}
