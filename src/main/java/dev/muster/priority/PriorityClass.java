package dev.muster.priority;

import dev.muster.quota.name.PriorityClassName;
import java.util.List;

/** A priority: the higher {@code value} goes first; {@code preempts}: it may also put lower ones out. */
public record PriorityClass(
        PriorityClassName name, int value, boolean preempts, boolean globalDefault, String description) {
    /** The four that a new installation has; {@code priorityclasses/} holds the same for a cluster. */
    public static final List<PriorityClass> BUILT_IN = List.of(
            new PriorityClass(new PriorityClassName("routine"), 2, false, true, "Ordinary work"),
            new PriorityClass(new PriorityClassName("urgent"), 10, false, false, "Before ordinary work"),
            new PriorityClass(new PriorityClassName("exceptional"), 50, false, false, "Before everything but rush"),
            new PriorityClass(
                    new PriorityClassName("rush"), 100, true, false, "First of all; may preempt lower priorities"));
}
