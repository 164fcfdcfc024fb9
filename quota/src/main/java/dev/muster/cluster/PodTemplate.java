package dev.muster.cluster;

import dev.muster.quota.fit.Collocation;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod of a role runs. {@code sharedMemory} in bytes, null for the runtime's own; {@code secretEnv} names secrets and
 * never holds their values.
 */
public record PodTemplate(
        @Nullable String image,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        List<SecretEnv> secretEnv,
        List<Volume> volumes,
        @Nullable Long sharedMemory,
        Resources resources,
        NodeAffinity affinity,
        List<Toleration> tolerations,
        Map<String, String> labels,
        Map<String, String> annotations) {
    /** Annotation of a role whose pods Muster does not make itself: who does. */
    public static final String MADE_BY = "muster.dev/made-by";

    /** A value of {@link #MADE_BY}: the pod of the role that leads, as Spark's driver makes its executors. */
    public static final String LEADER = "leader";

    /** Another value: the leader, which may also do without any of them for as long as it likes. */
    public static final String LEADER_AT_WILL = "leader-at-will";

    /** Another value: an operator, as that of Spark makes the driver once its application is let go. */
    public static final String OPERATOR = "operator";

    /** Annotation of a role whose pods wish to lie close together or apart: {@link Collocation}. */
    public static final String COLLOCATION = "muster.dev/collocation";

    public PodTemplate {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Map.copyOf(env);
        secretEnv = List.copyOf(secretEnv);
        volumes = List.copyOf(volumes);
        tolerations = List.copyOf(tolerations);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Whether the leader of the gang makes these pods once it runs. */
    public boolean isMadeByLeader() {
        return LEADER.equals(annotations.get(MADE_BY)) || isMadeAtWill();
    }

    /** Whether the leader may do without: none of it is missing that it does not ask for. */
    public boolean isMadeAtWill() {
        return LEADER_AT_WILL.equals(annotations.get(MADE_BY));
    }

    /** Whether somebody makes this pod once the gang has its room. */
    public boolean isMadeByOperator() {
        return OPERATOR.equals(annotations.get(MADE_BY));
    }

    /** How its pods wish to lie to one another; pods made past Muster may say what they want, and are not heard. */
    public Collocation collocation() {
        String wish = annotations.get(COLLOCATION);
        return Arrays.stream(Collocation.values())
                .filter(each -> each.name().equals(wish))
                .findFirst()
                .orElse(Collocation.NONE);
    }

    /** The same with this wish. */
    public PodTemplate with(Collocation wish) {
        Map<String, String> others = new HashMap<>(annotations);
        others.remove(COLLOCATION);
        if (wish != Collocation.NONE) {
            others.put(COLLOCATION, wish.name());
        }
        return with(others);
    }

    /** The same on other nodes. */
    public PodTemplate with(NodeAffinity other) {
        return new PodTemplate(
                image,
                command,
                args,
                env,
                secretEnv,
                volumes,
                sharedMemory,
                resources,
                other,
                tolerations,
                labels,
                annotations);
    }

    /** The same with these variables, too. */
    public PodTemplate withEnv(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(env);
        all.putAll(more);
        return new PodTemplate(
                image,
                command,
                args,
                all,
                secretEnv,
                volumes,
                sharedMemory,
                resources,
                affinity,
                tolerations,
                labels,
                annotations);
    }

    /** The same that runs something else with other resources. */
    public PodTemplate with(List<String> otherCommand, List<String> otherArgs, Resources others) {
        return new PodTemplate(
                image,
                otherCommand,
                otherArgs,
                env,
                secretEnv,
                volumes,
                sharedMemory,
                others,
                affinity,
                tolerations,
                labels,
                annotations);
    }

    /** The same with other annotations. */
    public PodTemplate with(Map<String, String> others) {
        return new PodTemplate(
                image,
                command,
                args,
                env,
                secretEnv,
                volumes,
                sharedMemory,
                resources,
                affinity,
                tolerations,
                labels,
                others);
    }

    /** An environment variable from {@code key} of the secret {@code secret}. */
    public record SecretEnv(String name, String secret, String key) {}

    /** A volume at {@code mountPath}; {@code source} is the name of the claim, config map or secret, null for an empty one. */
    public record Volume(
            String name,
            VolumeKind kind,
            @Nullable String source,
            String mountPath,
            boolean readOnly,
            @Nullable Long sizeLimit) {}

    /** Where a volume comes from. Host paths are not among them. */
    public enum VolumeKind {
        EMPTY_DIR,
        PERSISTENT_VOLUME_CLAIM,
        CONFIG_MAP,
        SECRET
    }
}
