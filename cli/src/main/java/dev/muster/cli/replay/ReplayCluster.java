package dev.muster.cli.replay;

import dev.muster.api.Queue;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.BadInput;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.trace.Format;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Whose jobs the recorded ones are, and where they queue (absent: the team's queue). */
public record ReplayCluster(String team, @Nullable String queue) {
    /** In an empty service: what the manifests say, and of pool, queue and team the usual one where they say none. */
    public static ReplayCluster make(
            MusterClient client,
            Format format,
            List<Manifest> manifests,
            BiConsumer<MusterClient, List<Manifest>> apply) {
        apply.accept(client, manifests);
        if (count(manifests, Kind.POOL) == 0) {
            DefaultCluster.pool(client, format);
        }
        if (count(manifests, Kind.QUEUE) == 0) {
            DefaultCluster.queue(client);
        }
        List<String> teams = names(manifests, Kind.TEAM);
        if (teams.size() > 1) {
            throw new BadInput(
                    "The cluster has %d teams: %s".formatted(teams.size(), String.join(", ", teams)),
                    "Say --team NAME.");
        }
        if (teams.size() == 1) {
            return new ReplayCluster(teams.get(0), null);
        }
        String queue = count(manifests, Kind.QUEUE) == 0 ? DefaultCluster.NAME : onlyLeaf(manifests);
        DefaultCluster.team(client, queue);
        return new ReplayCluster(DefaultCluster.NAME, queue);
    }

    private static String onlyLeaf(List<Manifest> manifests) {
        Set<String> leaves = new HashSet<>(names(manifests, Kind.QUEUE));
        for (Manifest manifest : manifests) {
            if (manifest.resource() instanceof Queue queue
                    && queue.spec() != null
                    && queue.spec().parent() != null) {
                leaves.remove(queue.spec().parent());
            }
        }
        if (leaves.size() != 1) {
            throw new BadInput(
                    "The cluster has %d queues that jobs can wait in: %s"
                            .formatted(
                                    leaves.size(),
                                    String.join(", ", leaves.stream().sorted().toList())),
                    "Name the queue of the replay's team: add a Team with 'queue:' to the file.");
        }
        return leaves.iterator().next();
    }

    private static int count(List<Manifest> manifests, Kind kind) {
        return names(manifests, kind).size();
    }

    private static List<String> names(List<Manifest> manifests, Kind kind) {
        return manifests.stream()
                .filter(manifest -> manifest.kind() == kind)
                .map(manifest -> manifest.metadata().name())
                .toList();
    }
}
