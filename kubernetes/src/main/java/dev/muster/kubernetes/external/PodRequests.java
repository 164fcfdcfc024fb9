package dev.muster.kubernetes.external;

import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a pod takes of its node, as Kubernetes counts: its containers together, or its largest first step, and its overhead. */
final class PodRequests {
    private PodRequests() {}

    static Resources of(PodSpec spec) {
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
        return largest(together.plus(sidecars), steps).plus(resources(spec.getOverhead()));
    }

    private static Resources asked(Container container) {
        return container.getResources() == null
                ? Resources.NONE
                : resources(container.getResources().getRequests());
    }

    private static Resources largest(Resources a, Resources b) {
        Map<String, Long> amounts = new TreeMap<>(a.asMap());
        b.asMap().forEach((name, amount) -> amounts.merge(name, amount, Math::max));
        return Resources.of(amounts);
    }

    private static List<Container> containers(@Nullable List<Container> containers) {
        return containers == null ? List.of() : containers;
    }

    /** Somebody else's amounts: what cannot be understood counts as nothing. */
    private static Resources resources(@Nullable Map<String, Quantity> quantities) {
        Map<String, Long> amounts = new TreeMap<>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(name, amount(name, quantity)));
        }
        return Resources.of(amounts);
    }

    private static long amount(String name, @Nullable Quantity quantity) {
        try {
            return quantity == null ? 0 : dev.muster.quota.resource.Quantity.parse(name, quantity.toString());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
