package dev.muster.controlplane.volcano;

import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupCondition;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Volcano writes into a PodGroup at the end of a session. */
final class GroupStatus {
    private GroupStatus() {}

    /** The new status; empty where it says no more than the one that is there. */
    static Optional<PodGroupStatus> of(Gang gang, Map<String, Verdict> verdicts, String session) {
        PodGroupStatus seen = Objects.requireNonNullElseGet(gang.group().getStatus(), PodGroupStatus::new);
        boolean unschedulable = !gang.tasks().isEmpty() && !gang.hasMinimum() && !gang.onlyLosesPods();
        PodGroupStatus now = new PodGroupStatus();
        now.setPhase(gang.phase(unschedulable));
        now.setRunning(count(gang, TaskStatus.RUNNING));
        now.setSucceeded(count(gang, TaskStatus.SUCCEEDED));
        now.setFailed(count(gang, TaskStatus.FAILED));
        now.setConditions(conditions(gang, seen, unschedulable, verdicts, session));
        return says(now).equals(says(seen)) ? Optional.empty() : Optional.of(now);
    }

    /** One condition of each type, the newest; an older one of the other type stays as it is. */
    private static List<PodGroupCondition> conditions(
            Gang gang, PodGroupStatus seen, boolean unschedulable, Map<String, Verdict> verdicts, String session) {
        List<PodGroupCondition> conditions =
                new ArrayList<>(Objects.requireNonNullElse(seen.getConditions(), List.of()));
        if (gang.tasks().isEmpty() || (!unschedulable && !gang.hasMinimum())) {
            return conditions;
        }
        PodGroupCondition condition = new PodGroupCondition();
        condition.setStatus("True");
        condition.setLastTransitionTime(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        condition.setTransitionID(session);
        condition.setType(unschedulable ? "Unschedulable" : "Scheduled");
        condition.setReason(unschedulable ? "NotEnoughResources" : "tasks in gang are ready to be scheduled");
        if (unschedulable) {
            condition.setMessage(message(gang, verdicts));
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).getType().equals(condition.getType())) {
                conditions.set(i, same(conditions.get(i), condition) ? conditions.get(i) : condition);
                return conditions;
            }
        }
        conditions.add(condition);
        return conditions;
    }

    /** {@code 4/4 tasks in gang unschedulable: pod group is not ready, 4 Pending, 4 minAvailable; Pending: 2 Schedulable, … }. */
    static String message(Gang gang, Map<String, Verdict> verdicts) {
        List<Task> pending = gang.tasks().stream()
                .filter(task -> gang.status(task) == TaskStatus.PENDING)
                .toList();
        long schedulable = pending.stream()
                .filter(task -> verdicts.containsKey(task.uid())
                        && verdicts.get(task.uid()).reason().equals(Verdict.SCHEDULABLE))
                .count();
        long missing = gang.minMember() - schedulable - gang.count(TaskStatus::isReady);
        String counts = Stream.concat(
                        Arrays.stream(TaskStatus.values())
                                .filter(status -> gang.count(status::equals) > 0)
                                .map(status -> gang.count(status::equals) + " " + status.word()),
                        Stream.of(gang.minMember() + " minAvailable"))
                .sorted()
                .collect(Collectors.joining(", "));
        return "%d/%d tasks in gang unschedulable: pod group is not ready, %s%s%s"
                .formatted(missing, gang.tasks().size(), counts, reasons(pending, schedulable), origin(gang, verdicts));
    }

    private static String reasons(List<Task> pending, long schedulable) {
        if (pending.isEmpty()) {
            return "";
        }
        String reasons = Stream.of(
                        schedulable > 0 ? schedulable + " " + Verdict.SCHEDULABLE : "",
                        pending.size() > schedulable ? pending.size() - schedulable + " " + Verdict.UNSCHEDULABLE : "")
                .filter(text -> !text.isEmpty())
                .sorted()
                .collect(Collectors.joining(", "));
        return "; Pending: " + reasons;
    }

    private static String origin(Gang gang, Map<String, Verdict> verdicts) {
        return gang.tasks().stream()
                .filter(task -> verdicts.containsKey(task.uid())
                        && verdicts.get(task.uid()).reason().equals(Verdict.UNSCHEDULABLE))
                .findFirst()
                .map(task -> ". Origin reason is " + task.name() + ": "
                        + verdicts.get(task.uid()).message())
                .orElse("");
    }

    private static int count(Gang gang, TaskStatus status) {
        return gang.count(status::equals);
    }

    private static boolean same(PodGroupCondition one, PodGroupCondition other) {
        return Objects.equals(one.getReason(), other.getReason())
                && Objects.equals(
                        Objects.requireNonNullElse(one.getMessage(), ""),
                        Objects.requireNonNullElse(other.getMessage(), ""));
    }

    private static List<Object> says(PodGroupStatus status) {
        return List.of(
                Objects.requireNonNullElse(status.getPhase(), ""),
                Objects.requireNonNullElse(status.getRunning(), 0),
                Objects.requireNonNullElse(status.getSucceeded(), 0),
                Objects.requireNonNullElse(status.getFailed(), 0),
                Objects.requireNonNullElse(status.getConditions(), List.<PodGroupCondition>of()));
    }
}
