package dev.muster.kubernetes.log;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where looks at outputs ended a moment ago: whoever goes on from there follows. */
final class Looks {
    private static final int MOST = 4_000;

    private final long soon;
    private final Map<Place, Long> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Long> eldest) {
            return size() > MOST;
        }
    };

    private record Place(String uid, String container, long offset) {}

    Looks(Duration soon) {
        this.soon = soon.toNanos();
    }

    /** {@code good}: following from there is worth it. */
    synchronized void at(LogSource source, long offset, boolean good) {
        Place place = place(source, offset);
        ends.remove(place);
        if (good) {
            ends.put(place, System.nanoTime());
        }
    }

    synchronized boolean isSoonAfter(LogSource source, long offset) {
        Long at = ends.get(place(source, offset));
        return at != null && System.nanoTime() - at < soon;
    }

    private static Place place(LogSource source, long offset) {
        return new Place(source.uid(), source.container(), offset);
    }
}
