package dev.muster.cli;

import java.util.Iterator;

/** For completion and help. */
final class StateNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return States.ALL.iterator();
    }
}
