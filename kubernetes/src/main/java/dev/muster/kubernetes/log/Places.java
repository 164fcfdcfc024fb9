package dev.muster.kubernetes.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Places in outputs that were passed: some of each, of the outputs that were read last. */
final class Places {
    private static final int MOST_OUTPUTS = 5_000;
    private static final int MOST_OF_ONE = 24;

    private final Map<String, TreeMap<Long, LogMark>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TreeMap<Long, LogMark>> eldest) {
            return size() > MOST_OUTPUTS;
        }
    };

    /** The last that is not after {@code offset}. */
    synchronized LogMark before(LogSource source, long offset) {
        TreeMap<Long, LogMark> places = known.get(key(source));
        Map.Entry<Long, LogMark> place = places == null ? null : places.floorEntry(offset);
        return place == null ? LogMark.START : place.getValue();
    }

    synchronized void keep(LogSource source, List<LogMark> marks) {
        TreeMap<Long, LogMark> places = known.computeIfAbsent(key(source), name -> new TreeMap<>());
        marks.stream().filter(mark -> mark.time() != null).forEach(mark -> places.put(mark.offset(), mark));
        while (places.size() > MOST_OF_ONE) {
            thin(places);
        }
    }

    /** Every other goes, but not the last. */
    private static void thin(TreeMap<Long, LogMark> places) {
        Long last = places.lastKey();
        boolean[] goes = {false};
        places.keySet().removeIf(offset -> {
            goes[0] = !goes[0];
            return goes[0] && !offset.equals(last);
        });
    }

    private static String key(LogSource source) {
        return source.uid() + "/" + source.container();
    }
}
