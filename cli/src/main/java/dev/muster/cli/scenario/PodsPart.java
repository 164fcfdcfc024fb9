package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.resource.Resources;
import java.util.Map;

/** Equal pods in one place: {@code {count: 2, on: gpu-0, leavingFor: train}}. */
final class PodsPart {
    private PodsPart() {}

    /** {@code role} and {@code pod} are what holds where it does not say so itself. */
    static Held of(Part part, RoleName role, Resources pod, Known known) {
        Map<String, Part> fields = part.fields(Place.PODS);
        int count = fields.containsKey("count") ? fields.get("count").whole(1, Fields.MOST_PODS) : 1;
        RoleName own = fields.containsKey("role") ? fields.get("role").as(RoleName::new) : role;
        Resources each = fields.containsKey("resources") ? Amounts.of(fields.get("resources")) : pod;
        Held held;
        if (fields.containsKey("on")) {
            Node node = fields.get("on").as(known::node);
            held = new Held(own, node.pool(), node.name(), each, count);
        } else {
            held = new Held(own, RolePart.pool(part, fields.get("pool"), known), null, each, count);
        }
        if (fields.containsKey("leavingFor")) {
            return held.leavingFor(fields.get("leavingFor").as(JobId::new));
        }
        boolean leaves = fields.containsKey("leaving") && fields.get("leaving").flag();
        return leaves ? held.leavingFor(null) : held;
    }
}
