package dev.muster.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterContract;
import dev.muster.cluster.PodTemplate;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.PodLife;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.name.NodeName;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** Kubernetes with Volcano keeps the contract of the cluster port. */
@ClusterTest
class ContractClusterIT extends ClusterContract {
    private final TestCluster cluster;
    private final ContractSite site;

    ContractClusterIT(TestCluster cluster) {
        this.cluster = cluster;
        this.site = new ContractSite(cluster);
    }

    @AfterEach
    void take_it_away() {
        site.close();
    }

    @Override
    protected Cluster cluster(List<Room> rooms) {
        for (Room room : rooms) {
            for (int i = 0; i < room.nodes(); i++) {
                site.node(new ContractSite.NodeLike(
                        room.pool(), amounts(room), room.labels(), taints(room), room.maxPods()));
            }
        }
        site.declare(rooms.stream().map(Room::pool).toList());
        return site.open(InstantSource.system());
    }

    @Override
    protected PodTemplate living(PodTemplate template, Life life) {
        PodLife played = life.equals(FOREVER)
                ? PodLife.runs()
                : life.exitCode() == 0
                        ? PodLife.runsFor(life.runTime())
                        : PodLife.failsAfter(life.runTime(), life.exitCode());
        return annotated(template, played.annotations());
    }

    @Override
    protected void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(condition::getAsBoolean);
    }

    @Override
    protected void settle() {
        cluster.letSchedulerLook();
    }

    @Override
    protected void lose(NodeName node) {
        site.removeNode(node.value());
    }

    private static Map<String, String> amounts(Room room) {
        Map<String, String> amounts = new HashMap<>();
        Quantities.of(room.allocatable()).forEach((name, amount) -> amounts.put(name, amount.toString()));
        return amounts;
    }

    private static List<Taint> taints(Room room) {
        return room.taints().stream()
                .map(taint -> new Taint(Taints.word(taint.effect()), taint.key(), null, taint.value()))
                .toList();
    }
}
