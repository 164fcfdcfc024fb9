package dev.muster.kubernetes;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Four watches: nodes, foreign pods on them, our PodGroups, our pods. */
final class Watches implements AutoCloseable {
    private final Informers informers = new Informers();
    private final SharedIndexInformer<Node> knownNodes;

    private final KubernetesClient client;
    private final String installation;
    private final Nodes nodes;
    private final Sightings sightings;
    private final Heard heard;

    /** Who is told after something was noted down. */
    record Heard(
            Consumer<AttemptId> attempt,
            Runnable nodes,
            Consumer<PodFacts> pod,
            Consumer<GroupFacts> group,
            Consumer<PodFacts> placeholder,
            Consumer<String> placeholderGone,
            Consumer<PodFacts> forerunner,
            Predicate<String> forerunnerGone) {}

    Watches(KubernetesClient client, String installation, Nodes nodes, Sightings sightings, Heard heard) {
        this.client = client;
        this.installation = installation;
        this.nodes = nodes;
        this.sightings = sightings;
        this.heard = heard;
        this.knownNodes = add(client.nodes(), Node::new, this::node, this::nodeGone);
        add(
                client.pods()
                        .inAnyNamespace()
                        .withLabelSelector(Labels.INSTALLATION + "!=" + installation)
                        .withoutField("spec.nodeName", ""),
                Pod::new,
                this::foreignPod,
                this::foreignPodGone);
        add(
                client.resources(PodGroup.class).inAnyNamespace().withLabel(Labels.INSTALLATION, installation),
                PodGroup::new,
                this::group,
                this::groupGone);
        add(
                client.pods().inAnyNamespace().withLabel(Labels.INSTALLATION, installation),
                Pod::new,
                this::pod,
                this::podGone);
    }

    void start() {
        informers.start();
    }

    /** All four have been read whole once, and what was read is noted down. */
    boolean areSynced() {
        return informers.areRead();
    }

    @Override
    public void close() {
        informers.close();
    }

    /** Of what was read nothing is kept but that it is there. */
    private <T extends HasMetadata> SharedIndexInformer<T> add(
            Informable<T> what, Supplier<T> empty, Consumer<T> there, Consumer<T> gone) {
        SharedIndexInformer<T> informer = informers.add(what, there, gone);
        informer.removeNamespaceIndex();
        informer.itemStore(new Stubs<>(empty));
        return informer;
    }

    private void node(Node node) {
        if (nodes.seen(NodeFacts.of(node))) {
            heard.nodes().run();
        }
    }

    private void nodeGone(Node node) {
        NodeName name = new NodeName(node.getMetadata().getName());
        nodes.gone(name);
        sightings.on(name).forEach(heard.attempt());
        heard.nodes().run();
    }

    private void foreignPod(Pod pod) {
        String key = Stubs.key(pod);
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        boolean holds = node != null && !node.isEmpty() && !"Succeeded".equals(phase) && !"Failed".equals(phase);
        if (Warmth.isOne(pod, installation)) {
            return; // it goes before anybody comes: its room is free
        }
        boolean changed = holds
                ? nodes.seen(
                        key,
                        new Nodes.Foreign(new NodeName(node), PodRequests.of(pod.getSpec()), PodView.isEverywhere(pod)))
                : nodes.foreignGone(key);
        if (changed) {
            heard.nodes().run();
        }
    }

    private void foreignPodGone(Pod pod) {
        if (nodes.foreignGone(Stubs.key(pod))) {
            heard.nodes().run();
        }
    }

    private void group(PodGroup group) {
        GroupFacts.of(group).ifPresent(facts -> {
            sightings.group(facts);
            heard.group().accept(facts);
            heard.attempt().accept(facts.attempt());
        });
    }

    private void groupGone(PodGroup group) {
        sightings.groupGone(Stubs.key(group)).ifPresent(heard.attempt());
    }

    static boolean isPlaceholder(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey(Labels.PLACEHOLDER);
    }

    private void pod(Pod pod) {
        if (Forerunners.isOne(pod)) {
            PodFacts.of(pod, nodes::isTakenBack).ifPresent(heard.forerunner());
            foreignPod(pod);
            return;
        }
        if (isPlaceholder(pod)) {
            PodFacts.of(pod, nodes::isTakenBack).ifPresent(facts -> {
                sightings.placeholder(facts);
                heard.placeholder().accept(facts);
                heard.attempt().accept(facts.ref().attempt());
            });
            return;
        }
        PodFacts.of(pod, nodes::isTakenBack).ifPresent(facts -> {
            look(facts.status().node());
            sightings.pod(facts);
            heard.pod().accept(facts);
            heard.attempt().accept(facts.ref().attempt());
        });
    }

    /** A node that was gone before this service began is found out by asking once. */
    private void look(@Nullable NodeName node) {
        if (node != null && knownNodes.hasSynced() && !nodes.isKnown(node)) {
            Node there = client.nodes().withName(node.value()).get();
            if (there == null) {
                nodes.gone(node);
            } else {
                nodes.seen(NodeFacts.of(there));
            }
        }
    }

    private void podGone(Pod pod) {
        if (heard.forerunnerGone().test(Stubs.key(pod))) {
            foreignPodGone(pod);
            return;
        }
        if (isPlaceholder(pod) || sightings.isPlaceholder(Stubs.key(pod))) {
            heard.placeholderGone().accept(Stubs.key(pod));
            return;
        }
        // Where the end itself was missed the pod is a stub without a status; what was seen before counts.
        PodFacts.of(pod, nodes::isTakenBack)
                .filter(last -> last.status().phase().isFinal())
                .ifPresent(sightings::pod);
        Optional<String> why = PodEnds.disruption(pod);
        sightings.podGone(Stubs.key(pod), why).ifPresent(heard.attempt());
    }
}
