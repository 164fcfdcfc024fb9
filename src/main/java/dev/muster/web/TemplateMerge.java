package dev.muster.web;

import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.RoleSpec;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what a job does not say from its templates, the last one first. Things with names (roles, volumes) are put together by
 * name, maps by key; a list that the job says is the job's. What a template locks the job may not say otherwise.
 */
final class TemplateMerge {
    /** A role of a template that stands for each role of the job. */
    private static final String EVERY = "*";
    /** Of one that a job says, the template says nothing. */
    private static final Set<String> COUNTS = Set.of("count", "min", "max");

    private static final JobSpec EMPTY =
            new JobSpec(null, null, List.of(), null, null, null, null, null, null, null, null);

    private final Function<String, Optional<Source>> sources;
    private final Map<String, String> origins = new TreeMap<>();

    /** A template as it is taken: {@code label} says which revision. */
    record Source(String label, JobSpec job, List<String> locked) {}

    /** {@code sources} finds a template by what a job calls it. */
    TemplateMerge(Function<String, Optional<Source>> sources) {
        this.sources = sources;
    }

    /** Who said what the last job did not say itself. */
    Map<String, String> origins() {
        return origins;
    }

    /** The job with what its templates say; it names none any more. */
    Job merged(Place place, Job sent) {
        origins.clear();
        JobSpec spec = sent.spec();
        if (spec == null || spec.templates() == null) {
            return sent;
        }
        Place at = place.at("spec").at("templates");
        List<String> names = at.bounded(spec.templates(), Limits.TEMPLATES);
        List<Source> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<Source> source = sources.apply(names.get(i));
            if (source.isEmpty()) {
                at.at(i)
                        .fault(
                                Fault.Kind.UNKNOWN_REFERENCE,
                                "the team has no template '%s'".formatted(names.get(i)),
                                "muster templates lists them; NAME@REVISION names an older one");
            }
            source.ifPresent(found::add);
        }
        Object all = spec;
        for (int i = found.size() - 1; i >= 0; i--) {
            all = record(all, found.get(i).job(), new Where("", place.at("spec"), found.get(i)));
        }
        return new Job(sent.kind(), sent.metadata(), (JobSpec) all, sent.status());
    }

    /** Whether the pointer names something that a job may say; names of roles and keys of maps are the template's own. */
    static boolean names(String pointer) {
        if (!pointer.startsWith("/")) {
            return false;
        }
        Class<?> type = JobSpec.class;
        String[] steps = pointer.substring(1).split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            String step = steps[i];
            Optional<RecordComponent> component = Arrays.stream(type.getRecordComponents())
                    .filter(one -> one.getName().equals(step))
                    .findFirst();
            if (component.isEmpty() || step.equals("templates")) {
                return false;
            }
            boolean last = i == steps.length - 1;
            if (last) {
                return true;
            }
            if (component.get().getType().isRecord()) {
                type = component.get().getType();
            } else if (step.equals("roles") && !steps[i + 1].isEmpty()) {
                type = RoleSpec.class;
                i++;
                if (i == steps.length - 1) {
                    return true;
                }
            } else {
                return component.get().getType() == Map.class && i == steps.length - 2 && !steps[i + 1].isEmpty();
            }
        }
        return false;
    }

    /** Where a value stands: in the spec with names for numbers, in the request, and which template is looked at. */
    private record Where(String pointer, Place place, Source source) {
        Where at(String step, Place there) {
            return new Where(pointer + "/" + step, there, source);
        }

        boolean isLocked() {
            return source.locked().stream().anyMatch(lock -> covers(lock.split("/"), pointer.split("/")));
        }

        private static boolean covers(String[] lock, String[] pointer) {
            for (int i = 0; i < lock.length; i++) {
                if (i >= pointer.length || !(lock[i].equals(EVERY) || lock[i].equals(pointer[i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    private @Nullable Object value(@Nullable Object own, @Nullable Object theirs, Where where) {
        if (own == null && theirs instanceof List<?> list && isNamed(list)) {
            List<Object> all = list(List.of(), list, where);
            return all.isEmpty() ? null : all;
        }
        if (own == null) {
            if (theirs != null) {
                origins.put(where.pointer(), where.source().label());
            }
            return theirs;
        }
        if (theirs != null && own.getClass().isRecord()) {
            return record(own, theirs, where);
        }
        if (theirs instanceof Map<?, ?> map) {
            return map((Map<?, ?>) own, map, where);
        }
        if (theirs instanceof List<?> list && isNamed(list) && (((List<?>) own).isEmpty() || isNamed((List<?>) own))) {
            return list((List<?>) own, list, where);
        }
        if (!own.equals(theirs) && where.isLocked()) {
            where.place()
                    .fault(
                            Fault.Kind.LOCKED,
                            "%s says %s, and nothing else is allowed"
                                    .formatted(where.source().label(), theirs == null ? "nothing" : "'" + theirs + "'"),
                            "Leave it out");
        }
        return own;
    }

    private Object record(Object own, Object theirs, Where where) {
        RecordComponent[] components = own.getClass().getRecordComponents();
        boolean counts =
                own instanceof RoleSpec role && (role.count() != null || role.min() != null || role.max() != null);
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            Object mine = read(components[i], own);
            boolean skip = name.equals("name") || name.equals("templates") || (counts && COUNTS.contains(name));
            Where there = where.at(name, where.place().at(name));
            values[i] = skip && !(counts && there.isLocked()) ? mine : value(mine, read(components[i], theirs), there);
            if (name.equals("templates")) {
                values[i] = null;
            }
        }
        try {
            return own.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record has a constructor: " + own.getClass(), e);
        }
    }

    private Map<Object, Object> map(Map<?, ?> own, Map<?, ?> theirs, Where where) {
        Map<Object, Object> all = new LinkedHashMap<>(theirs);
        theirs.keySet().stream()
                .filter(key -> !own.containsKey(key))
                .forEach(key ->
                        origins.put(where.pointer() + "/" + key, where.source().label()));
        own.forEach((key, value) -> all.put(
                key,
                value(
                        value,
                        theirs.get(key),
                        where.at(String.valueOf(key), where.place().at(String.valueOf(key))))));
        return all;
    }

    private List<Object> list(List<?> own, List<?> theirs, Where where) {
        List<Object> all = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Object one = own.get(i);
            String name = name(one);
            said.add(name);
            Where there = where.at(name, where.place().at(i));
            Object other = of(theirs, name);
            all.add(other == null ? one : record(one, other, there));
        }
        for (Object other : theirs) {
            if (!said.contains(name(other)) && !name(other).equals(EVERY)) {
                origins.put(where.pointer() + "/" + name(other), where.source().label());
                all.add(Objects.requireNonNull(of(theirs, name(other))));
            }
        }
        return all;
    }

    /** What a template says of the one of that name, together with what it says of every one; null: nothing. */
    private static @Nullable Object of(List<?> theirs, String name) {
        Object named = find(theirs, name);
        Object every = find(theirs, EVERY);
        if (named == null || every == null) {
            return named == null ? every : named;
        }
        Where nowhere = new Where("", Place.root(new Faults()), new Source("", EMPTY, List.of()));
        return new TemplateMerge(word -> Optional.empty()).record(named, every, nowhere);
    }

    private static @Nullable Object find(List<?> all, String name) {
        return all.stream().filter(one -> name(one).equals(name)).findFirst().orElse(null);
    }

    private static boolean isNamed(List<?> list) {
        return !list.isEmpty()
                && list.stream().allMatch(one -> one != null && one.getClass().isRecord() && named(one) != null);
    }

    private static String name(Object one) {
        return String.valueOf(named(one));
    }

    private static @Nullable Object named(Object one) {
        return Arrays.stream(one.getClass().getRecordComponents())
                .filter(component -> component.getName().equals("name"))
                .findFirst()
                .map(component -> read(component, one))
                .orElse(null);
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("What is public can be read: " + component, e);
        }
    }
}
