package dev.muster.simulation.autoscaler;

import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.Site;
import java.util.List;

/** Adds nodes for pods that find no room, and removes those that nobody needs. */
public interface Autoscaler {
    /** Nothing to look for. */
    long NEVER = Long.MAX_VALUE;

    /** Looks at the cluster once; {@code wants} in the order of creation. Returns when it must look again, at the latest. */
    long look(List<Want> wants);

    static Autoscaler of(AutoscalerSpec spec, Site site) {
        return switch (spec.kind()) {
            case NONE -> wants -> NEVER;
            case CLUSTER_AUTOSCALER -> new ClusterAutoscaler(spec, site);
            case KARPENTER -> new Karpenter(spec, site);
        };
    }
}
