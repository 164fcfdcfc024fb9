package dev.muster.cli;

import dev.muster.api.Pool;
import dev.muster.api.PoolStatus;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Live;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How full the pools are. */
@Command(
        name = "pools",
        description = "Shows how full each pool is: what pods ask of what its ready nodes offer.",
        footer = {"  muster pools", "  muster pools --watch"})
final class PoolsCommand extends Verb {
    private static final int BAR = 20;
    private static final Duration BEAT = Duration.ofSeconds(1);

    @Option(
            names = {"-w", "--watch"},
            description = "Draw anew every second until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() {
        MusterClient client = client();
        if (watch) {
            Live live = new Live(screen());
            while (true) {
                live.draw(table(client.pools().all()).lines(screen()));
                Live.pause(BEAT);
            }
        }
        List<Pool> pools = client.pools().all();
        if (!forPeople()) {
            Print.all(screen(), pools);
        } else if (pools.isEmpty()) {
            screen().note("There is no pool yet. Make one: muster apply -f examples/pool.yaml");
        } else {
            table(pools).print(screen());
        }
        return ExitCode.OK;
    }

    private Table table(List<Pool> pools) {
        Table table = new Table("POOL", ">READY", ">PODS", "RESOURCE", "FILL", ">", ">USED", ">OF");
        for (Pool pool : pools) {
            PoolStatus status = pool.status();
            Map<String, String> used = status == null ? Map.of() : status.used();
            Map<String, String> offered = status == null ? Map.of() : status.allocatable();
            String nodes = status == null
                    ? ""
                    : status.readyNodes() + "/" + pool.spec().nodes();
            String pods = status == null ? "" : Integer.toString(status.pods());
            String name =
                    pool.metadata().name() + (Boolean.TRUE.equals(pool.spec().localProcesses()) ? " (local)" : "");
            if (offered.isEmpty()) {
                table.row(name, nodes, pods, "", "", "", "", "");
            }
            for (String resource : new TreeSet<>(offered.keySet())) {
                double part = Amount.of(used, resource);
                double whole = Amount.of(offered, resource);
                table.row(
                        name,
                        nodes,
                        pods,
                        resource,
                        screen().paint(Bar.colour(part, whole), Bar.of(part, whole, BAR)),
                        Bar.percent(part, whole),
                        Objects.requireNonNullElse(used.get(resource), "0"),
                        offered.get(resource));
                name = "";
                nodes = "";
                pods = "";
            }
        }
        return table;
    }
}
