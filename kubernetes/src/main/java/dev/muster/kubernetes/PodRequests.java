package dev.muster.kubernetes;

import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a pod takes of its node, as Kubernetes counts: its containers together, or its largest first step, and its overhead. */
public final class PodRequests {
    private PodRequests() {}

    public static Resources of(PodSpec spec) {
        Resources together = Resources.NONE;
        for (Container container : containers(spec.getContainers())) {
            together = together.plus(asked(container));
        }
        Resources sidecars = Resources.NONE;
        Resources steps = Resources.NONE;
        for (Container step : containers(spec.getInitContainers())) {
            if ("Always".equals(step.getRestartPolicy())) {
                sidecars = sidecars.plus(asked(step));
                steps = largest(steps, sidecars);
            } else {
                steps = largest(steps, sidecars.plus(asked(step)));
            }
        }
        return largest(together.plus(sidecars), steps).plus(Quantities.resources(spec.getOverhead()));
    }

    private static Resources asked(Container container) {
        return container.getResources() == null
                ? Resources.NONE
                : Quantities.resources(container.getResources().getRequests());
    }

    private static Resources largest(Resources a, Resources b) {
        Map<String, Long> amounts = new TreeMap<>(a.asMap());
        b.asMap().forEach((name, amount) -> amounts.merge(name, amount, Math::max));
        return Resources.of(amounts);
    }

    private static List<Container> containers(@Nullable List<Container> containers) {
        return containers == null ? List.of() : containers;
    }
}
