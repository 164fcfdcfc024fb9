package dev.muster.cli;

import dev.muster.api.QueueWait;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who waits for whom, a row for each queue that holds what others lack. */
final class WaitsTable {
    private WaitsTable() {}

    static int show(List<QueueWait> waits, boolean forPeople, Screen screen) {
        if (!forPeople) {
            Print.all(screen, waits);
        } else if (waits.isEmpty()) {
            screen.note("No gang waits for what other queues hold.");
        } else {
            table(waits).print(screen);
        }
        return ExitCode.OK;
    }

    private static Table table(List<QueueWait> waits) {
        Table table = new Table(
                "QUEUE",
                ">GANGS",
                "RESOURCE",
                ">FIRST ASKS",
                ">FREE",
                "HELD BY",
                ">HOLDS",
                ">DESERVES",
                ">BORROWS",
                ">WOULD GIVE",
                "THE REST STAYS");
        for (QueueWait wait : waits) {
            String[] left = {
                Text.plain(wait.queue()),
                Integer.toString(wait.gangs()),
                Text.plain(wait.resource()),
                wait.asked(),
                wait.free()
            };
            if (wait.holders().isEmpty()) {
                table.row(left[0], left[1], left[2], left[3], left[4], "nobody", "", "", "", "", words(wait.reason()));
            }
            for (QueueWait.Holder holder : wait.holders()) {
                table.row(
                        left[0],
                        left[1],
                        left[2],
                        left[3],
                        left[4],
                        holder.queue() == null
                                ? "%d other queues".formatted(holder.queues())
                                : Text.plain(holder.queue()),
                        holder.share().used(),
                        holder.share().deserved() == null ? "" : holder.share().deserved(),
                        holder.share().borrowed(),
                        holder.wouldGive(),
                        stays(holder));
                // What is said of the queue that waits is said once.
                java.util.Arrays.fill(left, "");
            }
        }
        return table;
    }

    private static String stays(QueueWait.Holder holder) {
        Map<String, String> parts = new TreeMap<>(holder.stays());
        String idle = holder.share().idle();
        if (!idle.equals("0")) {
            parts.put("KEPT_IDLE", idle);
        }
        return parts.entrySet().stream()
                .map(part -> part.getValue() + " " + words(part.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String words(String code) {
        return Text.plain(code).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
