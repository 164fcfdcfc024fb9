package dev.muster.problem;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in the body of a request, for saying what is wrong there. Its pointer is only written out when something is: a batch
 * has a million places.
 */
public final class Place {
    private final Faults faults;
    private final @Nullable Place parent;
    private final @Nullable Object step;

    private Place(Faults faults, @Nullable Place parent, @Nullable Object step) {
        this.faults = faults;
        this.parent = parent;
        this.step = step;
    }

    public static Place root(Faults faults) {
        return new Place(faults, null, null);
    }

    /** The same place, its faults told to others. */
    public Place in(Faults others) {
        return new Place(others, parent, step);
    }

    public Place at(String field) {
        return new Place(faults, this, field);
    }

    public Place at(int index) {
        return new Place(faults, this, index);
    }

    /** A JSON pointer of RFC 6901. */
    public String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/"
                        + MusterException.shown(String.valueOf(step))
                                .replace("~", "~0")
                                .replace("/", "~1");
    }

    public void fault(Fault.Kind kind, String detail) {
        faults.add(pointer(), kind, detail);
    }

    public void fault(Fault.Kind kind, String detail, @Nullable String hint) {
        faults.add(pointer(), kind, detail, hint);
    }

    public void required(String what) {
        fault(Fault.Kind.REQUIRED, "expected " + what);
    }

    /** Not a value of its kind: says the value, shortened, and what was expected. */
    public void bad(Object value, String expected) {
        fault(
                Fault.Kind.BAD_VALUE,
                "'%s': expected %s".formatted(MusterException.shown(String.valueOf(value)), expected));
    }

    /** What {@code read} makes of the text; its refusal becomes a fault. Absent stays absent. */
    public <T> @Nullable T read(@Nullable String text, Function<String, T> read) {
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            fault(Fault.Kind.BAD_VALUE, e.getMessage());
            return null;
        }
    }

    /** The list, or an empty one where it is absent or longer than {@code most}. */
    public <T> List<T> bounded(@Nullable List<T> list, int most) {
        return list == null || tooMany(list, most) ? List.of() : list;
    }

    /** The map, or an empty one where it is absent or has more than {@code most} entries. */
    public <V> Map<String, V> bounded(@Nullable Map<String, V> map, int most) {
        return map == null || tooMany(map.keySet(), most) ? Map.of() : map;
    }

    /** True, with a fault, where the text is longer than {@code most} characters. */
    public boolean tooLong(String text, int most) {
        if (text.length() <= most) {
            return false;
        }
        fault(Fault.Kind.TOO_LONG, "%d characters: expected at most %d".formatted(text.length(), most));
        return true;
    }

    public boolean between(int value, int least, int most) {
        if (value >= least && value <= most) {
            return true;
        }
        bad(value, "%d to %d".formatted(least, most));
        return false;
    }

    private boolean tooMany(Collection<?> entries, int most) {
        if (entries.size() <= most) {
            return false;
        }
        fault(Fault.Kind.TOO_MANY, "%d entries: expected at most %d".formatted(entries.size(), most));
        return true;
    }
}
