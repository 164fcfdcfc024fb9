package dev.muster.web;

import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.RoleSpec;
import dev.muster.api.SecretEnv;
import dev.muster.api.TaintSpec;
import dev.muster.api.TolerationSpec;
import dev.muster.api.VolumeSpec;
import dev.muster.cluster.PodTemplate;
import dev.muster.job.Role;
import dev.muster.quota.fit.Collocation;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.offering.KeptOffSpot;
import dev.muster.quota.offering.SpotFirst;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Roles and what belongs to them, as they go over the wire: what is empty is left out. */
final class PodView {
    private PodView() {}

    /** {@code labels} and {@code annotations} are the job's, which are not repeated in its roles. */
    static RoleSpec role(Role role, Map<String, String> labels, Map<String, String> annotations) {
        PodTemplate pod = role.pod();
        boolean fixed = role.minimum() == role.maximum();
        return new RoleSpec(
                role.name().value(),
                fixed ? role.minimum() : null,
                fixed ? null : role.minimum(),
                fixed ? null : role.maximum(),
                role.leader() ? true : null,
                pod.image(),
                some(pod.command()),
                some(pod.args()),
                some(pod.env()),
                some(pod.secretEnv().stream()
                        .map(s -> new SecretEnv(s.name(), s.secret(), s.key()))
                        .toList()),
                some(volumes(pod)),
                Amounts.text(pod.sharedMemory()),
                Amounts.text(pod.resources()),
                affinity(asked(pod.affinity())),
                some(tolerations(pod.tolerations())),
                some(without(pod.labels(), labels)),
                some(without(pod.with(Collocation.NONE).annotations(), annotations)),
                spot(pod.affinity()));
    }

    static @Nullable String spot(NodeAffinity affinity) {
        return KeptOffSpot.is(affinity) ? RoleSpec.NEVER : SpotFirst.is(affinity) ? RoleSpec.FIRST : null;
    }

    /** Without what {@code spot} says. */
    static NodeAffinity asked(NodeAffinity affinity) {
        return SpotFirst.without(KeptOffSpot.without(affinity));
    }

    static @Nullable NodeAffinitySpec affinity(NodeAffinity affinity) {
        if (affinity.required().isEmpty() && affinity.preferred().isEmpty()) {
            return null;
        }
        return new NodeAffinitySpec(
                some(affinity.required().stream().map(PodView::term).toList()),
                some(affinity.preferred().stream()
                        .map(p -> new NodeAffinitySpec.Preferred(p.weight(), term(p.term())))
                        .toList()));
    }

    static List<TolerationSpec> tolerations(List<Toleration> tolerations) {
        return tolerations.stream()
                .map(t -> new TolerationSpec(
                        t.key(),
                        switch (t.operator()) {
                            case EQUAL -> "Equal";
                            case EXISTS -> "Exists";
                        },
                        t.value(),
                        t.effect() == null ? null : effect(t.effect())))
                .toList();
    }

    static List<TaintSpec> taints(List<Taint> taints) {
        return taints.stream()
                .map(t -> new TaintSpec(t.key(), t.value().isEmpty() ? null : t.value(), effect(t.effect())))
                .toList();
    }

    static <T> @Nullable List<T> some(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    /** Sorted, so that the same thing is the same text. */
    static <V> @Nullable Map<String, V> some(Map<String, V> map) {
        return map.isEmpty() ? null : new TreeMap<>(map);
    }

    private static String effect(TaintEffect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }

    private static NodeAffinitySpec.Term term(NodeAffinity.Term term) {
        return new NodeAffinitySpec.Term(term.expressions().stream()
                .map(e -> new NodeAffinitySpec.Expression(
                        e.key(),
                        switch (e.operator()) {
                            case IN -> "In";
                            case NOT_IN -> "NotIn";
                            case EXISTS -> "Exists";
                            case DOES_NOT_EXIST -> "DoesNotExist";
                            case GT -> "Gt";
                            case LT -> "Lt";
                        },
                        some(e.values())))
                .toList());
    }

    static List<VolumeSpec> volumes(PodTemplate pod) {
        return pod.volumes().stream().map(PodView::volume).toList();
    }

    private static VolumeSpec volume(PodTemplate.Volume volume) {
        PodTemplate.VolumeKind kind = volume.kind();
        return new VolumeSpec(
                volume.name(),
                volume.mountPath(),
                volume.readOnly() ? true : null,
                kind == PodTemplate.VolumeKind.EMPTY_DIR
                        ? new VolumeSpec.EmptyDir(Amounts.text(volume.sizeLimit()))
                        : null,
                kind == PodTemplate.VolumeKind.PERSISTENT_VOLUME_CLAIM ? volume.source() : null,
                kind == PodTemplate.VolumeKind.CONFIG_MAP ? volume.source() : null,
                kind == PodTemplate.VolumeKind.SECRET ? volume.source() : null);
    }

    static Map<String, String> without(Map<String, String> all, Map<String, String> inherited) {
        if (all.isEmpty() || inherited.isEmpty()) {
            return all;
        }
        Map<String, String> own = new HashMap<>(all);
        own.entrySet().removeAll(inherited.entrySet());
        return own;
    }
}
