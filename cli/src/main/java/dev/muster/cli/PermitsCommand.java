package dev.muster.cli;

import dev.muster.api.PermitLine;
import dev.muster.cli.screen.Span;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Who may make which pool grow. */
@Command(
        name = "permits",
        description = {
            "Shows which gang may make which offering grow: how many nodes it waits for, how many of its pods have theirs, since",
            "when, and how long until all of it is given back; then who waits for that right. Empty where no gang waits for",
            "nodes, and on a replica that does not plan. For operators."
        },
        footer = {"  muster permits", "  muster permits --watch", "  muster permits -o json"})
final class PermitsCommand extends ListVerb {
    @Override
    public Integer call() {
        list(
                client -> client.operations().permits(),
                PermitsCommand::table,
                "No gang waits for nodes that a pool may yet get.");
        return ExitCode.OK;
    }

    private static Table table(List<PermitLine> lines) {
        Instant now = Instant.now();
        Table table = new Table("OFFERING", "JOB", "QUEUE", ">NODES", ">PODS THERE", ">SINCE", ">LEFT");
        for (PermitLine line : lines) {
            String offering = Text.plain(line.offering());
            for (PermitLine.Holder holder : line.holders()) {
                table.row(
                        offering,
                        Text.plain(holder.job()),
                        Text.plain(holder.queue()),
                        Integer.toString(holder.nodes()),
                        "%d of %d".formatted(holder.bound(), holder.pods()),
                        Span.between(holder.since(), now),
                        Span.between(now, holder.until()));
            }
            for (PermitLine.Waiter waiter : line.waiting()) {
                table.row(
                        offering,
                        Text.plain(waiter.job()),
                        Text.plain(waiter.queue()),
                        "waits",
                        "",
                        Span.between(waiter.since(), now),
                        "");
            }
        }
        return table;
    }
}
