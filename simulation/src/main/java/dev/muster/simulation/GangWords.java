package dev.muster.simulation;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.journal.WordReader;
import dev.muster.simulation.journal.WordWriter;
import java.util.Map;
import java.util.stream.Collectors;

/** Gangs and what they are made of, as words of the journal. */
final class GangWords {
    private GangWords() {}

    static void write(WordWriter out, Gang gang) {
        out.word(gang.id().toString())
                .word(gang.jobName())
                .word(gang.team().value())
                .word(gang.queue().value())
                .word(gang.priorityClass().value())
                .duration(gang.grace())
                .all(gang.members(), member -> {
                    out.word(member.role().value());
                    write(out, member.template());
                    out.all(
                            member.pools().entrySet(),
                            share -> out.word(share.getKey().value()).number(share.getValue()));
                });
    }

    static Gang readGang(WordReader in) {
        return new Gang(
                AttemptId.parse(in.word()),
                in.word(),
                new TeamName(in.word()),
                new QueueName(in.word()),
                new PriorityClassName(in.word()),
                in.duration(),
                in.all(() -> new Gang.Member(
                        new RoleName(in.word()),
                        readTemplate(in),
                        in.all(() -> Map.entry(new PoolName(in.word()), in.number())).stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))));
    }

    static void write(WordWriter out, PodTemplate template) {
        out.word(template.image())
                .words(template.command())
                .words(template.args())
                .map(template.env())
                .all(
                        template.secretEnv(),
                        secret -> out.word(secret.name()).word(secret.secret()).word(secret.key()))
                .all(template.volumes(), volume -> out.word(volume.name())
                        .word(volume.kind().name())
                        .word(volume.source())
                        .word(volume.mountPath())
                        .flag(volume.readOnly())
                        .number(volume.sizeLimit()))
                .number(template.sharedMemory());
        write(out, template.resources());
        out.all(template.affinity().required(), term -> write(out, term))
                .all(template.affinity().preferred(), preferred -> {
                    out.number(preferred.weight());
                    write(out, preferred.term());
                })
                .all(template.tolerations(), toleration -> out.word(toleration.key())
                        .word(toleration.operator().name())
                        .word(toleration.value())
                        .word(
                                toleration.effect() == null
                                        ? null
                                        : toleration.effect().name()))
                .map(template.labels())
                .map(template.annotations());
    }

    static PodTemplate readTemplate(WordReader in) {
        return new PodTemplate(
                in.wordOrNull(),
                in.words(),
                in.words(),
                in.map(),
                in.all(() -> new PodTemplate.SecretEnv(in.word(), in.word(), in.word())),
                in.all(() -> new PodTemplate.Volume(
                        in.word(),
                        PodTemplate.VolumeKind.valueOf(in.word()),
                        in.wordOrNull(),
                        in.word(),
                        in.flag(),
                        in.longOrNull())),
                in.longOrNull(),
                readResources(in),
                new NodeAffinity(
                        in.all(() -> readTerm(in)),
                        in.all(() -> new NodeAffinity.Preferred(in.number(), readTerm(in)))),
                in.all(() -> readToleration(in)),
                in.map(),
                in.map());
    }

    private static void write(WordWriter out, NodeAffinity.Term term) {
        out.all(term.expressions(), expression -> out.word(expression.key())
                .word(expression.operator().name())
                .words(expression.values()));
    }

    private static NodeAffinity.Term readTerm(WordReader in) {
        return new NodeAffinity.Term(in.all(
                () -> new NodeAffinity.Expression(in.word(), NodeAffinity.Operator.valueOf(in.word()), in.words())));
    }

    private static Toleration readToleration(WordReader in) {
        String key = in.wordOrNull();
        Toleration.Operator operator = Toleration.Operator.valueOf(in.word());
        String value = in.wordOrNull();
        String effect = in.wordOrNull();
        return new Toleration(key, operator, value, effect == null ? null : TaintEffect.valueOf(effect));
    }

    static void write(WordWriter out, Resources resources) {
        out.all(resources.asMap().entrySet(), amount -> out.word(amount.getKey())
                .number(amount.getValue()));
    }

    static Resources readResources(WordReader in) {
        return Resources.of(in.all(() -> Map.entry(in.word(), in.longNumber())).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    static void write(WordWriter out, PodRef pod) {
        out.word(pod.attempt().toString()).word(pod.role().value()).number(pod.index());
    }

    static PodRef readPod(WordReader in) {
        return new PodRef(AttemptId.parse(in.word()), new RoleName(in.word()), in.number());
    }
}
