package dev.muster.cli.spark;

import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.SecretEnv;
import dev.muster.api.TolerationSpec;
import dev.muster.api.VolumeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What driver and executor have in common, as it is in the operator's manifest and as Muster says it. */
final class PodImport {
    private static final String SCRATCH = "spark-local-dir-";

    private final Source pod;
    private final Notes notes;

    PodImport(Source pod, Notes notes) {
        this.pod = pod;
        this.notes = notes;
    }

    @Nullable
    Map<String, String> env() {
        Map<String, String> env = new TreeMap<>(pod.map("envVars"));
        pod.items("env").forEach(one -> {
            if (!one.has("valueFrom") && one.text("name") != null) {
                env.put(String.valueOf(one.text("name")), one.has("value") ? String.valueOf(one.text("value")) : "");
            }
        });
        pod.refuse("envFrom", "name the variables one by one: Muster takes no whole maps");
        return env.isEmpty() ? null : env;
    }

    @Nullable
    List<SecretEnv> secretEnv() {
        List<SecretEnv> secrets = new ArrayList<>();
        Source old = pod.at("envSecretKeyRefs");
        old.names().forEach(name -> secret(name, old.at(name), secrets));
        pod.items("env").stream().filter(one -> one.has("valueFrom")).forEach(one -> {
            Source from = one.at("valueFrom");
            if (from.has("secretKeyRef")) {
                secret(String.valueOf(one.text("name")), from.at("secretKeyRef"), secrets);
            } else {
                notes.refused(from.path(), "only secretKeyRef is taken: write other values out");
            }
        });
        return secrets.isEmpty() ? null : secrets;
    }

    private void secret(String variable, Source from, List<SecretEnv> secrets) {
        String name = from.text("name");
        String key = from.text("key");
        if (from.has("namespace") || (name != null && name.contains("/"))) {
            notes.refused(from.path(), "a secret of another namespace: only those of the team's own may be named");
        } else if (name == null || key == null) {
            notes.refused(from.path(), "expected the name and the key of a secret");
        } else {
            secrets.add(new SecretEnv(variable, name, key));
        }
    }

    /** {@code volumes} are the application's, by name; mounts say which of them the pod has. */
    @Nullable
    List<VolumeSpec> volumes(Map<String, Source> volumes) {
        List<VolumeSpec> mounted = new ArrayList<>();
        for (Source mount : pod.items("volumeMounts")) {
            String name = mount.text("name");
            Source volume = name == null ? null : volumes.get(name);
            if (volume == null) {
                notes.refused(mount.path(), "there is no volume '%s' in spec.volumes".formatted(name));
                continue;
            }
            VolumeSpec made = volume(
                    volume, String.valueOf(name), String.valueOf(mount.text("mountPath")), mount.flag("readOnly"));
            if (made != null) {
                mounted.add(made);
            }
            mount.rest("left out: Muster mounts whole volumes at a path");
        }
        for (Source secret : pod.items("secrets")) {
            String name = String.valueOf(secret.text("name"));
            if (name.contains("/") || secret.has("namespace")) {
                notes.refused(
                        secret.path(), "a secret of another namespace: only those of the team's own may be named");
            } else {
                mounted.add(
                        new VolumeSpec(label(name), String.valueOf(secret.text("path")), true, null, null, null, name));
            }
            secret.rest("left out: mounted like any other secret");
        }
        for (Source map : pod.items("configMaps")) {
            String name = String.valueOf(map.text("name"));
            mounted.add(new VolumeSpec(label(name), String.valueOf(map.text("path")), true, null, null, name, null));
        }
        return mounted.isEmpty() ? null : mounted;
    }

    private @Nullable VolumeSpec volume(Source volume, String name, String path, boolean readOnly) {
        Boolean only = readOnly ? true : null;
        if (volume.has("hostPath")) {
            if (name.startsWith(SCRATCH)) {
                notes.changed(
                        volume.path() + ".hostPath",
                        "scratch space on the host became an emptyDir: Muster mounts no paths of hosts");
                return new VolumeSpec(name, path, only, new VolumeSpec.EmptyDir(null), null, null, null);
            }
            notes.refused(
                    volume.path() + ".hostPath",
                    "Muster mounts no paths of hosts: use a claim, or name it %s1 where it is scratch space"
                            .formatted(SCRATCH));
            return null;
        }
        if (volume.has("emptyDir")) {
            return new VolumeSpec(
                    name,
                    path,
                    only,
                    new VolumeSpec.EmptyDir(volume.at("emptyDir").text("sizeLimit")),
                    null,
                    null,
                    null);
        }
        if (volume.has("persistentVolumeClaim")) {
            return new VolumeSpec(
                    name, path, only, null, volume.at("persistentVolumeClaim").text("claimName"), null, null);
        }
        if (volume.has("configMap")) {
            return new VolumeSpec(
                    name, path, only, null, null, volume.at("configMap").text("name"), null);
        }
        if (volume.has("secret")) {
            return new VolumeSpec(
                    name, path, only, null, null, null, volume.at("secret").text("secretName"));
        }
        notes.refused(volume.path(), "expected emptyDir, persistentVolumeClaim, configMap or secret");
        return null;
    }

    /** A node selector says the same as a required affinity. */
    @Nullable
    NodeAffinitySpec nodeAffinity(Map<String, String> ofAll) {
        Map<String, String> selector = new HashMap<>(ofAll);
        selector.putAll(pod.map("nodeSelector"));
        List<NodeAffinitySpec.Expression> expressions = new ArrayList<>();
        new TreeMap<>(selector)
                .forEach((key, value) -> expressions.add(new NodeAffinitySpec.Expression(key, "In", List.of(value))));
        List<NodeAffinitySpec.Term> terms = new ArrayList<>();
        Source required = pod.at("affinity").at("nodeAffinity").at("requiredDuringSchedulingIgnoredDuringExecution");
        required.items("nodeSelectorTerms").forEach(term -> {
            List<NodeAffinitySpec.Expression> all = new ArrayList<>(expressions);
            term.items("matchExpressions")
                    .forEach(one -> all.add(new NodeAffinitySpec.Expression(
                            String.valueOf(one.text("key")),
                            String.valueOf(one.text("operator")),
                            one.texts("values"))));
            term.rest("left out: only matchExpressions are known");
            terms.add(new NodeAffinitySpec.Term(all));
        });
        pod.at("affinity").leaveOut("podAffinity", "left out: Muster packs pods onto few nodes by itself");
        pod.at("affinity").leaveOut("podAntiAffinity", "left out: Muster packs pods onto few nodes by itself");
        pod.at("affinity")
                .at("nodeAffinity")
                .leaveOut(
                        "preferredDuringSchedulingIgnoredDuringExecution",
                        "left out: say it in nodeAffinity.preferred");
        if (terms.isEmpty() && !expressions.isEmpty()) {
            terms.add(new NodeAffinitySpec.Term(expressions));
        }
        return terms.isEmpty() ? null : new NodeAffinitySpec(terms, null);
    }

    @Nullable
    List<TolerationSpec> tolerations() {
        List<TolerationSpec> tolerations = new ArrayList<>();
        pod.items("tolerations").forEach(one -> {
            tolerations.add(
                    new TolerationSpec(one.text("key"), one.text("operator"), one.text("value"), one.text("effect")));
            one.rest("left out: tolerated for as long as it takes");
        });
        return tolerations.isEmpty() ? null : tolerations;
    }

    @Nullable
    Map<String, String> map(String field) {
        Map<String, String> map = pod.map(field);
        return map.isEmpty() ? null : map;
    }

    /** What Muster does not let a team do, and what it says elsewhere. */
    void others() {
        pod.refuseIfTrue("hostNetwork", "Muster's pods have a network of their own");
        for (String context : List.of("securityContext", "podSecurityContext")) {
            Source asked = pod.at(context);
            asked.refuseIfTrue("privileged", "Muster runs no privileged pods");
            asked.refuseIfTrue("allowPrivilegeEscalation", "Muster runs no privileged pods");
            if (asked.at("capabilities").has("add")) {
                notes.refused(asked.path() + ".capabilities.add", "Muster runs no privileged pods");
            }
            asked.rest("left out: the image decides who its processes run as");
        }
        for (String field :
                List.of("sidecars", "initContainers", "template", "lifecycle", "gpu", "hostAliases", "dnsConfig")) {
            pod.refuse(field, "Muster has nothing for it yet; without it the pods would be others");
        }
        pod.leaveOut("coreLimit", "left out: cpu beyond what is asked may be borrowed, and is taken back");
        pod.leaveOut("memoryLimit", "left out: the limit is what is asked");
        pod.leaveOut("serviceAccount", "left out: pods run as the team's account");
        pod.leaveOut("schedulerName", "left out: Muster names the scheduler");
        pod.leaveOut("priorityClassName", "left out: the class is the job's");
        pod.leaveOut("deleteOnTermination", "left out: Spark deletes executors that have ended");
    }

    private static String label(String name) {
        String label = name.replaceAll("[^-a-z0-9]", "-");
        return label.length() > 63 ? label.substring(0, 63) : label;
    }
}
