package dev.muster.cli;

import dev.muster.api.OfferingHour;
import dev.muster.api.OfferingStatus;
import dev.muster.api.Pool;
import dev.muster.api.PoolDiscovery;
import dev.muster.api.PoolProposal;
import dev.muster.api.PoolStatus;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How full the pools are. */
@Command(
        name = "pools",
        description = {
            "Shows how full each pool is: what pods ask of what its ready nodes offer; and of those that may grow whether",
            "they are asked for nodes (the breaker), how likely a node comes, and how long it takes."
        },
        footer = {
            "  muster pools",
            "  muster pools --watch",
            "  muster pools history --days 3                     launches, losses, open breakers, day by day",
            "  muster pools show spot-a > spot-a.yaml            as it can be changed and applied",
            "  muster pools delete spot-a",
            "  muster pools open spot-a --why 'no spot today'    ask it for no more nodes",
            "  muster pools drain spot-a --why 'to be retired'   nor launch anything on those that it has",
            "  muster pools close spot-a --why 'it is back'      take that back, and forget what was seen",
            "  muster pools discover > pools.yaml                pools for nodes that belong to none"
        })
final class PoolsCommand extends ListVerb {
    private static final int BAR = 20;

    @Override
    public Integer call() {
        List<Pool> pools = list(
                client -> client.pools().all(),
                this::table,
                "There is no pool yet. Make one: muster apply -f examples/pool.yaml");
        if (forPeople()) {
            offerings(pools);
        }
        return ExitCode.OK;
    }

    private void offerings(List<Pool> pools) {
        List<Pool> growing = pools.stream()
                .filter(pool -> pool.status() != null && pool.status().offering() != null)
                .toList();
        if (growing.isEmpty()) {
            return;
        }
        Table table = new Table("OFFERING", ">MAX", "BREAKER", ">COMES", ">P50", ">P99", ">LOST/H", "WHY");
        for (Pool pool : growing) {
            OfferingStatus offering =
                    Objects.requireNonNull(Objects.requireNonNull(pool.status()).offering());
            table.row(
                    offering.name(),
                    Integer.toString(Objects.requireNonNullElse(
                            pool.spec().maxNodes(), pool.spec().nodes())),
                    offering.order() == null ? offering.breaker() : offering.order() + " (by hand)",
                    String.format(Locale.ROOT, "%.0f %%", offering.success() * 100),
                    seconds(offering.launchMedian()),
                    seconds(offering.launchP99()),
                    String.format(Locale.ROOT, "%.1f %%", offering.interruptionsPerNodeHour() * 100),
                    Objects.requireNonNullElse(offering.why(), ""));
        }
        screen().print("");
        table.print(screen());
    }

    private static String seconds(@Nullable Long seconds) {
        return seconds == null ? "" : seconds + "s";
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = "Asks the pool for no more nodes, until 'close'. Those that it has are used.")
    int open(
            @Parameters(paramLabel = "POOL") String pool,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return order(pool, "OPEN", why);
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Launches nothing more on the pool's nodes, until 'close'. What runs there goes on.")
    int drain(
            @Parameters(paramLabel = "POOL") String pool,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return order(pool, "DRAIN", why);
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "Takes 'open' or 'drain' back, and forgets what was seen against the pool.")
    int close(
            @Parameters(paramLabel = "POOL") String pool,
            @Option(names = "--why", paramLabel = "TEXT", required = true) String why) {
        return order(pool, "CLOSE", why);
    }

    @Command(
            name = "discover",
            mixinStandardHelpOptions = true,
            description = {
                "Prints pools for the nodes that belong to none, as YAML to look through and apply; changes nothing.",
                "Groups that have no node now are proposed where their autoscaler shows them (the status of Cluster Autoscaler, Karpenter's NodePools), without what it does not say: fill that in."
            })
    int discover() {
        PoolDiscovery found = client().operations().discoverPools();
        Print.documents(
                screen(), found.proposals().stream().map(PoolProposal::pool).toList());
        if (forPeople()) {
            int named = found.proposals().stream()
                    .mapToInt(proposal -> proposal.nodes().size())
                    .sum();
            long empty = found.proposals().stream()
                    .filter(proposal -> proposal.nodes().isEmpty())
                    .count();
            screen().note("%d nodes belong to no pool; %d pools would take %d of them%s."
                    .formatted(
                            found.strays(),
                            found.proposals().size() - empty,
                            named,
                            named < found.strays() ? ", the others are the control plane's" : ""));
            found.proposals().stream()
                    .filter(proposal -> proposal.hint() != null)
                    .forEach(
                            proposal -> screen().note(proposal.pool().metadata().name() + ": " + proposal.hint()));
            if (!found.proposals().isEmpty()) {
                screen().note("Say maxNodes and price where you know them, then: muster apply -f FILE");
            }
        }
        return ExitCode.OK;
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = {
                "Tells day by day (UTC) how each offering did: nodes that came when they were asked for, that did not, that were taken",
                "back (also for each hundred node-hours), and how long its breaker was open. -o json has each hour."
            })
    int history(
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "7",
                            description = "How many days, at most 366 (default ${DEFAULT-VALUE}).")
                    int days) {
        if (days < 1 || days > 366) {
            throw new BadInput("Bad --days %d: expected 1 to 366".formatted(days));
        }
        List<OfferingHour> hours =
                client().operations().poolHistory(Instant.now().minus(Duration.ofDays(days)), null);
        if (!forPeople()) {
            Print.all(screen(), hours);
        } else if (hours.isEmpty()) {
            screen().note("Nothing is known of the last %d days: no node was asked for, came, or was taken back."
                    .formatted(days));
        } else {
            PoolHistory.table(hours).print(screen());
        }
        return ExitCode.OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a pool, as it can be applied.")
    int show(@Parameters(paramLabel = "POOL") String name) {
        return declared().show(screen(), name);
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a pool; its nodes stay, and belong to none.")
    int delete(@Parameters(paramLabel = "POOL") String name) {
        return declared().delete(screen(), name);
    }

    private Declared<Pool> declared() {
        return new Declared<>("pool", client().pools(), Pool::metadata);
    }

    private int order(String name, String order, String why) {
        Pool pool = client().policies().breaker(name, order, why);
        if (forPeople()) {
            String breaker = pool.status() == null || pool.status().offering() == null
                    ? order
                    : pool.status().offering().breaker();
            screen().print("Pool %s: its breaker is %s%s."
                    .formatted(name, breaker, order.equals("DRAIN") ? ", and nothing is launched on its nodes" : ""));
        } else {
            Print.one(screen(), pool);
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
