package dev.muster.artifact;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterAround;
import dev.muster.cluster.Download;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster whose pods are told where they find the files that their job brings along, and where they hand back a result. */
@ApplicationScoped
public class Equipping {
    /** Where a pod hands back what its job has found. */
    static final String RESULT = "MUSTER_RESULT_URL";

    private final Handouts handouts;

    Equipping(Handouts handouts) {
        this.handouts = handouts;
    }

    public Cluster around(Cluster cluster) {
        return new Equipped(cluster);
    }

    private Gang equipped(Gang gang) {
        List<Gang.Member> members = gang.members().stream()
                .map(member -> new Gang.Member(member.role(), equipped(gang.id(), member.template()), member.pools()))
                .toList();
        return new Gang(
                gang.id(),
                gang.jobName(),
                gang.team(),
                gang.queue(),
                gang.priorityClass(),
                gang.grace(),
                members,
                gang.waitsForNodes());
    }

    /** What others make is told by them. */
    private PodTemplate equipped(AttemptId attempt, PodTemplate template) {
        if (template.isMadeByLeader() || template.isMadeByOperator() || !handouts.reach(template)) {
            return template;
        }
        PodTemplate told = template.withEnv(Map.of(RESULT, handouts.result(attempt)));
        return Download.with(
                told,
                Download.of(template).stream()
                        .map(file -> handouts.download(attempt, file))
                        .toList());
    }

    private final class Equipped extends ClusterAround {
        private Equipped(Cluster cluster) {
            super(cluster);
        }

        @Override
        public void launch(Gang gang) {
            super.launch(equipped(gang));
        }

        @Override
        public void replace(Gang gang, Set<PodRef> lost) {
            super.replace(equipped(gang), lost);
        }

        @Override
        public void grow(Gang gang, List<ElasticPod> pods) {
            super.grow(
                    equipped(gang),
                    pods.stream()
                            .map(pod -> new ElasticPod(
                                    pod.role(), pod.index(), pod.pool(), equipped(gang.id(), pod.template())))
                            .toList());
        }
    }
}
