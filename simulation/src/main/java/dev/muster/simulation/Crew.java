package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods of one role that live alike, so that one entry of the agenda moves them all: a role's own, or one that came alone. */
final class Crew {
    private final SimulatedGang gang;
    private final RoleName role;
    private final PodTemplate template;
    private final Life life;
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final List<Agenda.Entry> agenda = new ArrayList<>();
    private final @Nullable Instant madeAt;
    private @Nullable Instant shrunkAt;
    private int open;

    private Crew(SimulatedGang gang, RoleName role, PodTemplate template, @Nullable Instant madeAt) {
        this.gang = gang;
        this.role = role;
        this.template = template;
        this.madeAt = madeAt;
        this.life = Life.of(template.annotations());
    }

    static Crew of(SimulatedGang gang, Gang.Member member) {
        Crew crew = new Crew(gang, member.role(), member.template(), null);
        member.pools().forEach((pool, count) -> {
            for (int i = 0; i < count; i++) {
                PodRef ref = new PodRef(gang.id(), member.role(), crew.pods.size());
                crew.pods.add(new SimulatedPod(ref, crew, pool));
            }
        });
        crew.open = crew.pods.size();
        return crew;
    }

    static Crew of(SimulatedGang gang, ElasticPod pod, Instant at) {
        Crew crew = new Crew(gang, pod.role(), pod.template(), at);
        crew.pods.add(new SimulatedPod(pod.of(gang.id()), crew, pod.pool()));
        crew.open = 1;
        return crew;
    }

    SimulatedGang gang() {
        return gang;
    }

    RoleName role() {
        return role;
    }

    PodTemplate template() {
        return template;
    }

    Life life() {
        return life;
    }

    List<SimulatedPod> pods() {
        return pods;
    }

    /** Entries to come; they fall away when the last pod has ended. */
    List<Agenda.Entry> agenda() {
        return agenda;
    }

    /** One pod above the gang's minimum. */
    boolean isElastic() {
        return isAlone() && !gang.isOwn(pods.get(0).ref());
    }

    /** One pod that came after its gang: above the minimum, or in place of one that was lost. */
    boolean isAlone() {
        return madeAt != null;
    }

    @Nullable
    Instant madeAt() {
        return madeAt;
    }

    @Nullable
    Instant shrunkAt() {
        return shrunkAt;
    }

    void shrunk(Instant at) {
        shrunkAt = at;
    }

    /** Asked to go, with its gang or alone. */
    boolean leaves() {
        return shrunkAt != null || gang.releasedAt() != null;
    }

    /** It was shrunk away and is not there any more. */
    boolean vanished() {
        return shrunkAt != null && ended();
    }

    /** Counts a pod that ended. */
    void oneEnded() {
        open--;
    }

    boolean ended() {
        return open == 0;
    }
}
