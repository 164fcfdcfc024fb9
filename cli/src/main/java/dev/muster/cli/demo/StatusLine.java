package dev.muster.cli.demo;

import dev.muster.api.Pool;
import dev.muster.api.PoolStatus;
import dev.muster.api.Team;
import dev.muster.cli.Amount;
import dev.muster.cli.screen.Bar;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How full the pools are and how many jobs there are, in one line. */
final class StatusLine {
    private static final int BAR = 8;
    private static final String GPU = "nvidia.com/gpu";

    private StatusLine() {}

    static String of(List<Pool> pools, List<Team> teams, Screen screen) {
        StringBuilder line = new StringBuilder();
        for (Pool pool : pools) {
            PoolStatus status = pool.status();
            if (status != null) {
                // What people come for, where the pool has it.
                String resource = status.allocatable().containsKey(GPU) ? GPU : "cpu";
                double part = Amount.of(status.used(), resource);
                double whole = Amount.of(status.allocatable(), resource);
                line.append(pool.metadata().name())
                        .append(' ')
                        .append(screen.paint(Bar.colour(part, whole), Bar.of(part, whole, BAR)))
                        .append(' ')
                        .append(Text.padded(Bar.percent(part, whole), 4))
                        .append("  ");
            }
        }
        Map<String, Integer> states = states(teams);
        line.append(count(screen, "QUEUED", states, "waiting"))
                .append(count(screen, "LAUNCHING", states, "launching"))
                .append(count(screen, "RUNNING", states, "running"))
                .append(count(screen, "SUCCEEDED", states, "done"))
                .append(count(screen, "FAILED", states, "failed"));
        return Text.cut(line.toString().stripTrailing(), screen.width());
    }

    static Map<String, Integer> states(List<Team> teams) {
        Map<String, Integer> sum = new TreeMap<>();
        for (Team team : teams) {
            if (team.status() != null) {
                team.status().jobsByState().forEach((state, count) -> sum.merge(state, count, Integer::sum));
            }
        }
        return sum;
    }

    private static String count(Screen screen, String state, Map<String, Integer> states, String word) {
        int count = states.getOrDefault(state, 0);
        return screen.paint(count == 0 ? Colour.DIM : Colour.ofState(state), count + " " + word) + "  ";
    }
}
