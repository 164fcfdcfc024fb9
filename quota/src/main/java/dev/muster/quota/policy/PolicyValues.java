package dev.muster.quota.policy;

import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.time.LengthOfTime;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** The reverse of {@link PolicyFields#settings}: what a policy would say to give these settings. */
public final class PolicyValues {
    private PolicyValues() {}

    /**
     * Only what differs from the standard, by path: the paths follow the components of {@link PlanSettings}. A bound above the
     * policy's range is the highest that a policy can say.
     */
    public static SortedMap<String, String> of(PlanSettings settings) {
        SortedMap<String, String> values = new TreeMap<>();
        for (PolicyField field : PolicyFields.PLANNER) {
            Object value = settings;
            for (String name : field.path().split("\\.")) {
                value = component(value, name);
            }
            String text = value instanceof Duration length
                    ? LengthOfTime.spoken(length)
                    : value instanceof Double part
                            ? Math.round(part * 100) + "%"
                            : value instanceof Number number
                                    ? Long.toString(Math.min(number.longValue(), field.most()))
                                    : value.toString();
            if (!text.equals(field.standard())) {
                values.put(field.path(), text);
            }
        }
        return values;
    }

    private static Object component(Object of, String name) {
        try {
            for (RecordComponent component : of.getClass().getRecordComponents()) {
                if (component.getName().equals(name)) {
                    return component.getAccessor().invoke(of);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read %s of %s".formatted(name, of), e);
        }
        throw new IllegalStateException("No component %s in %s".formatted(name, of.getClass()));
    }
}
