package dev.muster.kubernetes.external;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.quota.name.AttemptId;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How one kind of object is launched and released. Everything may be repeated; what is known is written on the objects. */
interface ExternalKind {
    /** What is there, but for what is being deleted. */
    List<ExternalWork> present();

    /** Attempts that are written on objects of this kind. */
    Set<AttemptId> attempts();

    /** Marks it with the attempt and lets its pods go, all together. */
    void launch(ExternalRef ref, Gang gang);

    /** Takes its pods away, or what is left of them where it has ended; then the attempt is off it. */
    void release(AttemptId attempt);

    /** Empty where no object of this kind carries the attempt. */
    Optional<GangStatus> status(AttemptId attempt);

    /** The pods of the attempt by role and number. */
    Optional<Pod> pod(dev.muster.cluster.PodRef pod);

    void discard(ExternalRef ref);
}
