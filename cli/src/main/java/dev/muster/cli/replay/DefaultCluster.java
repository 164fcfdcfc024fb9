package dev.muster.cli.replay;

import dev.muster.api.Metadata;
import dev.muster.api.Pool;
import dev.muster.api.PoolSpec;
import dev.muster.api.Queue;
import dev.muster.api.QueueSpec;
import dev.muster.api.Team;
import dev.muster.api.TeamSpec;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.trace.Format;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster that a trace was recorded on, or was made for: one pool, one queue, one team. */
final class DefaultCluster {
    static final String NAME = "replay";

    private DefaultCluster() {}

    static void pool(MusterClient client, Format format) {
        PoolSpec spec =
                switch (format) {
                    case SWF -> nodes(120, "2", format);
                    case MURI -> nodes(44, "8", format);
                };
        client.pools().put(new Pool(Pool.KIND, Metadata.named(NAME), spec, null), null, false);
    }

    static void queue(MusterClient client) {
        QueueSpec spec = new QueueSpec(null, null, null, null, null, null, null);
        client.queues().put(new Queue(Queue.KIND, Metadata.named(NAME), spec, null), null, false);
    }

    static void team(MusterClient client, @Nullable String queue) {
        TeamSpec spec = new TeamSpec(null, null, queue, null, null, null, null, null);
        client.teams().put(new Team(Team.KIND, Metadata.named(NAME), spec, null), null, false);
    }

    private static PoolSpec nodes(int count, String each, Format format) {
        return new PoolSpec(count, Map.of(format.resource(), each), null, null, null, null, null, null);
    }
}
