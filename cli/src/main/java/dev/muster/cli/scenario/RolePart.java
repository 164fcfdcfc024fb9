package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt.Held;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One role of a job: what it asks, and of a running one where its pods are. */
record RolePart(RoleName role, Part part, Map<String, Part> fields, Known known) {
    static final RoleName ONLY = new RoleName("worker");

    /** The roles of a job; one of one role says its fields itself. */
    static List<RolePart> of(Part job, Map<String, Part> fields, Place place, Known known) {
        Part roles = fields.get("roles");
        if (roles == null) {
            return List.of(new RolePart(ONLY, job, fields, known));
        }
        for (String field : fields.keySet()) {
            if (Fields.names(place).contains(field) || Amounts.isResource(field)) {
                throw job.key(field)
                        .wrong("'%s' stands beside 'roles' in %s".formatted(field, job.path()), "Say it of each role.");
            }
        }
        List<RolePart> all = new ArrayList<>();
        roles.entries()
                .forEach((name, role) ->
                        all.add(new RolePart(role.as(RoleName::new, name), role, role.fields(place), known)));
        if (all.isEmpty()) {
            throw roles.wrong("%s names no role".formatted(roles.path()), "Expected such as '{driver: {cpu: 1}}'.");
        }
        return all;
    }

    /** {@code usual} pods, unless it says {@code gang} or {@code max}. */
    Ask ask(int usual) {
        int gang = fields.containsKey("gang") ? fields.get("gang").whole(0, Fields.MOST_PODS) : usual;
        int least = Math.max(1, gang);
        int max = fields.containsKey("max") ? fields.get("max").whole(least, Fields.MOST_PODS) : Math.max(least, usual);
        return new Ask(
                role,
                gang,
                max,
                pod(),
                Selection.affinity(fields.get("where"), fields.get("prefer")),
                fields.containsKey("tolerates") ? Selection.tolerations(fields.get("tolerates")) : List.of());
    }

    private Resources pod() {
        Map<String, Long> said = Amounts.said(fields);
        if (said.isEmpty()) {
            throw part.wrong("%s asks for nothing".formatted(part.path()), "Expected such as 'cpu: 4' or 'gpus: 8'.");
        }
        return Resources.of(said);
    }

    /** Where its pods are; {@code leavingFor} is null where they stay. */
    List<Held> held(@Nullable JobId leavingFor) {
        List<Held> held = new ArrayList<>();
        Part on = fields.get("on");
        Part pods = fields.get("pods");
        if (on != null) {
            if (pods != null || fields.containsKey("pool")) {
                throw part.wrong("%s says both 'on' and 'pods' or 'pool'".formatted(part.path()), "'on' says it all.");
            }
            on(on).forEach((node, count) -> held.add(new Held(role, node.pool(), node.name(), pod(), count)));
        } else if (pods != null && pods.isList()) {
            pods.items().forEach(each -> held.add(PodsPart.of(each, role, pod(), known)));
        } else {
            int count = pods == null ? 1 : pods.whole(1, Fields.MOST_PODS);
            held.add(new Held(role, pool(part, fields.get("pool"), known), null, pod(), count));
        }
        return leavingFor == null
                ? held
                : held.stream().map(each -> each.leavingFor(leavingFor)).toList();
    }

    private Map<Node, Integer> on(Part on) {
        Map<Node, Integer> nodes = new LinkedHashMap<>();
        if (on.isMapping()) {
            on.entries()
                    .forEach((node, pods) -> nodes.put(pods.as(known::node, node), pods.whole(1, Fields.MOST_PODS)));
        } else {
            on.texts().forEach(node -> nodes.merge(on.as(known::node, node), 1, Integer::sum));
        }
        if (nodes.isEmpty()) {
            throw on.wrong("%s names no node".formatted(on.path()), "Expected such as '{gpu-0: 2}'.");
        }
        return nodes;
    }

    static PoolName pool(Part part, @Nullable Part pool, Known known) {
        if (pool != null) {
            return pool.as(known::pool);
        }
        Optional<PoolName> only = known.onlyPool();
        return only.orElseThrow(() -> part.wrong(
                "%s does not say where it runs".formatted(part.path()),
                "Expected 'pool: …', one of %s, or 'on: {<node>: <pods>}'.".formatted(known.pools())));
    }
}
