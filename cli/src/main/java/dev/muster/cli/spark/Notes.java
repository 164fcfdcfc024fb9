package dev.muster.cli.spark;

import java.util.ArrayList;
import java.util.List;

/** What is to be said of one manifest: what was changed or left out, and what is refused; each by its field. */
public final class Notes {
    private final List<String> changes = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    void changed(String field, String what) {
        changes.add(field + ": " + what);
    }

    void refused(String field, String what) {
        refusals.add(field + ": " + what);
    }

    public List<String> changes() {
        return List.copyOf(changes);
    }

    public List<String> refusals() {
        return List.copyOf(refusals);
    }
}
