package dev.muster.rights;

import java.util.List;

/** All that somebody holds, and what the way they came in leaves of it. */
public record Rights(List<Held> held, Narrowing narrowing) {
    public static final Rights NONE = new Rights(List.of(), Narrowing.NONE);
    /** Of the installation's own token. */
    public static final Rights OPERATOR = new Rights(List.of(Held.everywhere(Duty.OPERATOR)), Narrowing.NONE);

    public Rights {
        held = List.copyOf(held);
    }
}
