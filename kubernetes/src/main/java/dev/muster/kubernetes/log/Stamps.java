package dev.muster.kubernetes.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the time off each line that a kubelet sends, and leaves out what was known before: lines before the mark's instant, of those
 * of that very instant as many bytes as were seen, and whatever lies between the mark and the asked offset. Who does not write times, though asked
 * to, is read as it is.
 */
final class Stamps {
    /** Kubelets write all nine digits, which hardly any program does in lines of its own. */
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.ddddddddd";

    private static final String ZONE = "dd:dd ";
    private static final byte LINE = '\n';
    /** Of how many bytes the beginning is told. */
    private static final int STEP = 16 << 10;

    private enum Kind {
        UNKNOWN,
        STAMPED,
        PLAIN
    }

    /** Takes what is new. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int from, int to);
    }

    private final LogMark from;
    private final @Nullable Instant known;
    private final Sink sink;
    private final Consumer<LogMark> lines;
    private final byte[] stamp = new byte[SHAPE.length() + 1 + ZONE.length()];
    private int stamped;
    private Kind kind = Kind.UNKNOWN;
    private boolean atStart = true;
    /** The rest of a line that began before what was asked for. */
    private boolean tail;

    private boolean past;
    private boolean earlier;
    private boolean met;
    private long skip;
    private long offset;
    private long told;
    private byte @Nullable [] time;
    private long seen;

    /** {@code lines} is told of lines' beginnings, one now and then. */
    Stamps(LogMark from, long asked, Sink sink, Consumer<LogMark> lines) {
        this.from = from;
        this.known = from.instant();
        this.past = known == null;
        this.offset = from.offset();
        this.told = from.offset();
        this.skip = asked - from.offset();
        this.sink = sink;
        this.lines = lines;
    }

    /** Where the next byte that comes is. */
    LogMark mark() {
        byte[] last = time;
        if (kind == Kind.PLAIN) {
            return LogMark.START;
        }
        return last == null || !past && seen <= from.seen() ? from : new LogMark(offset, text(last), seen);
    }

    /** How much there would have to be still before what was asked for. */
    long missing() {
        return skip;
    }

    void feed(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (atStart && kind != Kind.PLAIN) {
                if (!fits(bytes[at])) {
                    unstamped();
                    continue;
                }
                stamp[stamped++] = bytes[at++];
                if (stamp[stamped - 1] == ' ') {
                    begin();
                }
                continue;
            }
            int end = at;
            while (end < length && bytes[end] != LINE) {
                end++;
            }
            boolean whole = end < length;
            content(bytes, at, whole ? end + 1 : end);
            at = whole ? end + 1 : end;
            if (whole) {
                atStart = true;
                tail = false;
            }
        }
    }

    /** Nothing comes any more, of itself: what looked as a time may have been all there was. */
    void finish() {
        if (stamped > 0 && kind == Kind.UNKNOWN && known == null) {
            unstamped();
        }
    }

    private boolean fits(byte next) {
        if (stamped < SHAPE.length()) {
            char wanted = SHAPE.charAt(stamped);
            return wanted == 'd' ? isDigit(next) : next == wanted;
        }
        if (stamped == SHAPE.length()) {
            return next == 'Z' || next == '+' || next == '-';
        }
        if (stamp[SHAPE.length()] == 'Z') {
            return next == ' ';
        }
        char wanted = ZONE.charAt(stamped - SHAPE.length() - 1);
        return wanted == 'd' ? isDigit(next) : next == wanted;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }

    private void begin() {
        kind = Kind.STAMPED;
        atStart = false;
        byte[] begun = Arrays.copyOf(stamp, stamped - 1);
        stamped = 0;
        if (!Arrays.equals(begun, time)) {
            time = begun;
            seen = 0;
            compare(begun);
        }
        if (past && offset - told >= STEP) {
            told = offset;
            lines.accept(mark());
        }
    }

    private void compare(byte[] begun) {
        if (past || known == null) {
            return;
        }
        int order = new LogMark(0, text(begun), 0).instant().compareTo(known);
        earlier = order < 0;
        met |= order == 0;
        past = order > 0;
        if (past && !met) {
            // What the mark stands on is gone: lines in between are lost, and what follows is new.
            offset += skip;
            skip = 0;
        }
    }

    /** A word of the kubelet's own, or the rest of a line that it has begun before. */
    private void unstamped() {
        atStart = false;
        if (kind == Kind.UNKNOWN) {
            tail = known != null;
            kind = known == null ? Kind.PLAIN : kind;
        }
        int held = stamped;
        stamped = 0;
        content(stamp.clone(), 0, held);
    }

    private void content(byte[] bytes, int begin, int end) {
        int at = begin;
        if (tail) {
            return;
        }
        if (!past) {
            long before = seen;
            seen += end - at;
            if (earlier || !met) {
                return;
            }
            at += (int) Math.min(end - at, Math.max(0, from.seen() - before));
        } else {
            seen += end - at;
        }
        offset += end - at;
        int skipped = (int) Math.min(end - at, skip);
        skip -= skipped;
        at += skipped;
        if (at < end) {
            sink.take(bytes, at, end);
        }
    }

    private static String text(byte[] stamp) {
        return new String(stamp, StandardCharsets.US_ASCII);
    }
}
