package dev.muster.simulation.site;

import java.util.ArrayList;
import java.util.List;

/** What changed since this was last cleared: so that what is checked after every step costs what the step changed. */
public final class Touched {
    private final List<SiteNode> nodes = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();

    void add(SiteNode node) {
        if (!node.touched) {
            node.touched = true;
            nodes.add(node);
        }
    }

    void add(Attempt attempt) {
        if (!attempt.touched) {
            attempt.touched = true;
            attempts.add(attempt);
        }
    }

    public List<SiteNode> nodes() {
        return nodes;
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    public void clear() {
        nodes.forEach(node -> node.touched = false);
        attempts.forEach(attempt -> attempt.touched = false);
        nodes.clear();
        attempts.clear();
    }
}
