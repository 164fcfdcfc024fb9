package dev.muster.job;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.RoleName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences and categories of what goes wrong with an attempt. */
public final class Failures {
    private Failures() {}

    /** What a pod that failed or is lost says about its attempt. */
    public static Failure ofPod(PodStatus pod) {
        Category category = category(pod);
        String said = pod.message().isBlank() ? "" : ": " + pod.message().strip();
        String sentence =
                "role %s pod %d %s%s".formatted(pod.pod().role(), pod.pod().index(), whatHappened(pod, category), said);
        return new Failure(category, pod.pod().role(), pod.exitCode(), sentence);
    }

    static Failure notStarted(JobSpec spec, @Nullable GangStatus seen) {
        String why = seen == null || seen.message().isBlank()
                ? "the cluster does not say why"
                : seen.message().strip();
        Role lazy = seen == null ? null : notMadeByItsLeader(spec, seen);
        if (lazy != null) {
            why =
                    "its leader runs and has not made all %d pods of role %s: does it ask for fewer itself, or may its account not make them"
                            .formatted(lazy.minimum(), lazy.name());
        }
        String sentence = "the gang did not start within %s: %s".formatted(text(spec.startDeadline()), why);
        return new Failure(Category.LAUNCH_TIMEOUT, null, null, sentence);
    }

    /** A role whose pods the leader makes, as Spark's driver does, and has not, though it runs; null where there is none. */
    private static @Nullable Role notMadeByItsLeader(JobSpec spec, GangStatus seen) {
        Set<RoleName> leaders =
                spec.roles().stream().filter(Role::leader).map(Role::name).collect(Collectors.toSet());
        boolean runs = seen.pods().stream()
                .anyMatch(pod -> leaders.contains(pod.pod().role()) && pod.phase() == PodPhase.RUNNING);
        return spec.roles().stream()
                .filter(role -> runs && role.pod().isMadeByLeader())
                .filter(role -> seen.pods().stream()
                                .filter(pod -> pod.pod().role().equals(role.name()))
                                .count()
                        < role.minimum())
                .findFirst()
                .orElse(null);
    }

    /** Nodes that were asked for did not come: nobody's fault but the market's. */
    static Failure noNodes(List<RolePods> roles, @Nullable GangStatus seen) {
        String why = seen == null || seen.message().isBlank()
                ? ""
                : ": " + seen.message().strip();
        return capacity("nodes that it asked for did not come in time", roles, why);
    }

    /** Whoever adds nodes has said that those do not come, before their time was up. */
    static Failure refused(List<RolePods> roles, String why) {
        return capacity("nodes that it asked for were refused", roles, ": " + why.strip());
    }

    private static Failure capacity(String what, List<RolePods> roles, String why) {
        int asked = roles.stream().mapToInt(role -> role.role().minimum()).sum();
        long placed = roles.stream()
                .flatMap(role -> role.gang().stream())
                .filter(pod -> pod.node() != null)
                .count();
        return new Failure(
                Category.CAPACITY, null, null, "%s, %d of %d pods had a node%s".formatted(what, placed, asked, why));
    }

    static Failure ranTooLong(JobSpec spec) {
        String limit = spec.maxRunTime() == null ? "" : " of " + text(spec.maxRunTime());
        return new Failure(Category.TIMEOUT, null, null, "it ran for its maxRunTime" + limit);
    }

    static Failure notRecovered(JobSpec spec, String shortage) {
        return new Failure(
                Category.NODE_LOST,
                null,
                null,
                "%s and was not whole again within %s".formatted(shortage, text(spec.startDeadline())));
    }

    static Failure unknownToTheCluster() {
        return new Failure(Category.PLATFORM, null, null, "its pods are gone: the cluster does not know it any more");
    }

    /** What kind of end it was; of a pod that ended well, too, where only its cause says so. */
    static Category category(PodStatus pod) {
        PodEnd cause = pod.cause();
        if (cause == null || cause == PodEnd.OTHER) {
            return pod.phase() == PodPhase.LOST
                    ? Category.NODE_LOST
                    : category(PodEnd.OTHER, pod.exitCode() == null ? -1 : pod.exitCode());
        }
        return category(cause, -1);
    }

    /** {@code exitCode} below 0: none is known. */
    static Category category(PodEnd cause, int exitCode) {
        return switch (cause) {
            case EXITED, UNCAUGHT, UNREACHABLE -> Category.USER_ERROR;
            case OOM_KILLED, JVM_OOM -> Category.OOM;
            case DISK_FULL, SCRATCH_FAILED -> Category.DISK_FULL;
            case IMAGE -> Category.IMAGE;
            case CONFIG -> Category.CONFIG;
            case SPOT_INTERRUPTED, DECOMMISSIONED -> Category.SPOT_INTERRUPTED;
            case NODE_LOST -> Category.NODE_LOST;
            case PREEMPTED -> Category.PREEMPTED;
            case RELEASED, DISMISSED -> Category.PLATFORM;
            case OTHER -> exitCode < 0 ? Category.PLATFORM : Category.USER_ERROR;
        };
    }

    static String whatHappened(PodStatus pod, Category category) {
        return switch (category) {
            case OOM ->
                (pod.cause() == PodEnd.JVM_OOM
                                ? "ended because its Java machine found no more memory"
                                : "was killed because it used more memory than it asked")
                        + exit(pod, " (exit code %d)");
            case PREEMPTED -> "was put out past Muster, by another scheduler or an eviction";
            case DISK_FULL ->
                pod.cause() == PodEnd.SCRATCH_FAILED
                        ? "could not make its scratch directories (spark.local.dir)" + exit(pod, " (exit code %d)")
                        : "was put out because it used too much local disk";
            case IMAGE -> "could not start: its image could not be had";
            case CONFIG -> "could not start: its container could not be made";
            case SPOT_INTERRUPTED ->
                pod.cause() == PodEnd.DECOMMISSIONED
                        ? "ended in good order before its node" + on(pod) + " was taken back"
                        : "lost its node" + on(pod) + ": the provider took it back";
            case NODE_LOST -> "lost its node" + on(pod);
            case USER_ERROR ->
                pod.cause() == PodEnd.UNCAUGHT
                        ? "ended because nothing caught an exception" + exit(pod, " (exit code %d)")
                        : pod.cause() == PodEnd.UNREACHABLE
                                ? "ended because its driver did not answer its heartbeats"
                                        + exit(pod, " (exit code %d)")
                                : "exited with " + exitCode(pod);
            case TIMEOUT, LAUNCH_TIMEOUT, CAPACITY, PLATFORM, DEPENDENCY, IDLE_TIMEOUT ->
                pod.cause() == PodEnd.RELEASED
                        ? "was removed by somebody else"
                        : pod.cause() == PodEnd.DISMISSED ? "was removed by its leader" : "failed";
        };
    }

    /** Codes above 128 are signals; people know them by name. */
    private static String exitCode(PodStatus pod) {
        return pod.exitCode() == null ? "an unknown exit code" : exitCode(pod.exitCode());
    }

    static String exitCode(int code) {
        return switch (code) {
            case -1 -> "an unknown exit code";
            case 126 -> "126 (the command cannot be executed)";
            case 127 -> "127 (the command was not found)";
            case 134 -> "134 (SIGABRT)";
            case 137 -> "137 (SIGKILL)";
            case 139 -> "139 (SIGSEGV)";
            case 143 -> "143 (SIGTERM)";
            default -> Integer.toString(code);
        };
    }

    private static String exit(PodStatus pod, String form) {
        return pod.exitCode() == null ? "" : form.formatted(pod.exitCode());
    }

    private static String on(PodStatus pod) {
        return pod.node() == null ? "" : " " + pod.node();
    }

    /** 90 s as {@code 1m30s}. */
    static String text(Duration duration) {
        String iso = duration.toString();
        return duration.isZero() ? "0s" : iso.substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
