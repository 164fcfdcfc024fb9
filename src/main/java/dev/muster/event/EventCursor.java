package dev.muster.event;

/**
 * A place in the feed of events. Events are in order of (transaction, id), and a reader is only shown transactions older than
 * every one still open, so nothing ever appears before a place that was read.
 */
public record EventCursor(long transaction, long id) implements Comparable<EventCursor> {
    /** Before every event. */
    public static final EventCursor START = new EventCursor(0, 0);

    @Override
    public int compareTo(EventCursor other) {
        int byTransaction = Long.compareUnsigned(transaction, other.transaction);
        return byTransaction != 0 ? byTransaction : Long.compare(id, other.id);
    }

    /** The reverse of {@link #toString()}. */
    public static EventCursor parse(String text) {
        int dash = text.indexOf('-');
        try {
            EventCursor cursor =
                    new EventCursor(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
            if (cursor.transaction >= 0 && cursor.id >= 0) {
                return cursor;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            // Falls through to the one refusal.
        }
        String shown = text.length() > 50 ? text.substring(0, 50) + "…" : text;
        throw new IllegalArgumentException(
                "Bad event cursor '%s': expected one that a list of events gave".formatted(shown));
    }

    @Override
    public String toString() {
        return transaction + "-" + id;
    }
}
