package dev.muster.kubernetes.onboarding;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a team's place what it should be, by server-side apply with a field owner of our own; may be repeated at any time. A
 * refusal of one object changes nothing at all.
 */
public final class Onboarding {
    /** Who we are where Kubernetes keeps who wrote which field. */
    public static final String FIELD_OWNER = "muster";

    private final KubernetesClient client;

    public Onboarding(KubernetesClient client) {
        this.client = client;
    }

    /** What would be done now; changes nothing. */
    public List<Step> plan(TeamSite site) {
        return works(site).stream().map(Work::step).toList();
    }

    /** Does it, where nothing is refused, and tells what was done. */
    public List<Step> apply(TeamSite site) {
        List<Work> works = works(site);
        if (works.stream().noneMatch(work -> work.step().action() == Step.Action.REFUSE)) {
            works.forEach(this::carryOut);
        }
        return works.stream().map(Work::step).toList();
    }

    /** A step and the object that is sent for it. */
    private record Work(Step step, HasMetadata wanted) {}

    private void carryOut(Work work) {
        if (work.step().action() != Step.Action.KEEP) {
            client.resource(work.wanted())
                    .fieldManager(FIELD_OWNER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private List<Work> works(TeamSite site) {
        SiteObjects objects = new SiteObjects(site);
        List<Work> works = new ArrayList<>();
        Namespace namespace = client.namespaces().withName(site.namespace()).get();
        works.add(
                work(objects, namespace, objects.namespace(SiteObjects.MADE), objects.namespace(SiteObjects.ADOPTED)));
        ServiceAccount account = namespace == null
                ? null
                : client.serviceAccounts()
                        .inNamespace(site.namespace())
                        .withName(site.serviceAccount())
                        .get();
        works.add(account(objects, account));
        works.add(role(
                objects,
                namespace == null
                        ? null
                        : client.rbac()
                                .roles()
                                .inNamespace(site.namespace())
                                .withName(SiteObjects.ROLE)
                                .get()));
        works.add(binding(
                objects,
                namespace == null
                        ? null
                        : client.rbac()
                                .roleBindings()
                                .inNamespace(site.namespace())
                                .withName(SiteObjects.ROLE)
                                .get()));
        return works;
    }

    private Work account(SiteObjects objects, @Nullable ServiceAccount live) {
        Work work = work(
                objects, live, objects.serviceAccount(SiteObjects.MADE), objects.serviceAccount(SiteObjects.ADOPTED));
        List<String> tooMany = live == null ? List.of() : new Bindings(client).tooMany(objects.site());
        return tooMany.isEmpty() ? work : refused(work.wanted(), tooMany);
    }

    private Work role(SiteObjects objects, @Nullable Role live) {
        Role wanted = objects.role();
        if (live == null || objects.isOurs(live) && SiteObjects.origin(live).equals(SiteObjects.MADE)) {
            return work(objects, live, wanted, wanted);
        }
        List<String> tooMany = Rights.tooMany(live.getRules());
        if (!tooMany.isEmpty()) {
            return refused(wanted, tooMany);
        }
        List<String> missing = Rights.missing(live.getRules());
        return missing.isEmpty()
                ? work(objects, live, wanted, objects.markedRole())
                : refused(
                        wanted,
                        List.of("it was there before and does not allow %s: add that, or delete it and it is made anew"
                                .formatted(String.join(", ", missing))));
    }

    private Work binding(SiteObjects objects, @Nullable RoleBinding live) {
        RoleBinding wanted = objects.binding();
        boolean isOther = live != null
                && (!live.getRoleRef().getKind().equals("Role")
                        || !live.getRoleRef().getName().equals(SiteObjects.ROLE));
        return isOther
                ? refused(
                        wanted,
                        List.of(
                                "it gives %s/%s, and what a binding gives cannot be changed: delete it and it is made anew"
                                        .formatted(
                                                live.getRoleRef().getKind(),
                                                live.getRoleRef().getName())))
                : work(objects, live, wanted, wanted);
    }

    /** {@code made} is sent for what is not there or was made by us, {@code adopted} for what somebody else made. */
    private Work work(SiteObjects objects, @Nullable HasMetadata live, HasMetadata made, HasMetadata adopted) {
        if (live == null) {
            return new Work(new Step(SiteObjects.shown(made), Step.Action.MAKE, List.of()), made);
        }
        String stranger = objects.stranger(live);
        if (stranger != null) {
            return refused(made, List.of(stranger));
        }
        if (live.getMetadata().getDeletionTimestamp() != null) {
            return refused(made, List.of("it is being deleted: wait until it is gone"));
        }
        if (!objects.isOurs(live)) {
            return new Work(new Step(SiteObjects.shown(made), Step.Action.ADOPT, List.of()), adopted);
        }
        HasMetadata wanted = SiteObjects.origin(live).equals(SiteObjects.MADE) ? made : adopted;
        List<String> differences = differences(live, wanted);
        return new Work(
                new Step(
                        SiteObjects.shown(made),
                        differences.isEmpty() ? Step.Action.KEEP : Step.Action.MEND,
                        differences),
                wanted);
    }

    private static Work refused(HasMetadata wanted, List<String> why) {
        return new Work(new Step(SiteObjects.shown(wanted), Step.Action.REFUSE, why), wanted);
    }

    /** What an apply would change, as the API server itself sees it. */
    private List<String> differences(HasMetadata live, HasMetadata wanted) {
        HasMetadata then = client.resource(wanted)
                .dryRun(true)
                .fieldManager(FIELD_OWNER)
                .forceConflicts()
                .serverSideApply();
        return Differences.of(live, then);
    }
}
