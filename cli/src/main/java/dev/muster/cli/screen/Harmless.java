package dev.muster.cli.screen;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The output of strangers' programs on its way to a terminal: lines, tabs and colours pass; what moves the cursor, names the window,
 * writes into the clipboard or makes the terminal type does not. Text comes in any pieces, also in the middle of a character.
 */
public final class Harmless extends OutputStream {
    private static final int ROOM = 8 * 1024;
    /** A sequence that goes on for longer is none. */
    private static final int LONGEST = 64;

    private enum State {
        TEXT,
        /** After ESC. */
        ESCAPE,
        /** After ESC and a sign of a sequence of three. */
        CHARSET,
        /** Within ESC [ … */
        CONTROL,
        /** Within a text for the terminal itself, until BEL or ST. */
        STRING,
        STRING_ESCAPE
    }

    private final OutputStream out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer pending = ByteBuffer.allocate(ROOM);
    private final CharBuffer read = CharBuffer.allocate(ROOM);
    private final StringBuilder sequence = new StringBuilder();
    private State state = State.TEXT;

    public Harmless(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            int taken = Math.min(pending.remaining(), from + length - at);
            pending.put(bytes, at, taken);
            at += taken;
            decode(false);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** The rest; {@code out} stays open. */
    @Override
    public void close() throws IOException {
        decode(true);
        out.flush();
    }

    private void decode(boolean end) throws IOException {
        pending.flip();
        decoder.decode(pending, read, end);
        pending.compact();
        read.flip();
        StringBuilder passed = new StringBuilder(read.length());
        while (read.hasRemaining()) {
            take(read.get(), passed);
        }
        read.clear();
        out.write(passed.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void take(char c, StringBuilder passed) {
        switch (state) {
            case TEXT -> text(c, passed);
            case ESCAPE -> {
                state = c == '['
                        ? State.CONTROL
                        : "]PX^_k".indexOf(c) >= 0
                                ? State.STRING
                                : " #%()*+-./".indexOf(c) >= 0 ? State.CHARSET : State.TEXT;
                sequence.setLength(0);
            }
            case CHARSET -> state = State.TEXT;
            case CONTROL -> control(c, passed);
            case STRING -> string(c, passed);
            case STRING_ESCAPE -> state = c == '\\' ? State.TEXT : State.STRING;
        }
    }

    private void text(char c, StringBuilder passed) {
        switch (c) {
            case '\u001b' -> state = State.ESCAPE;
            case '\u009b' -> {
                state = State.CONTROL;
                sequence.setLength(0);
            }
            case '\u0090', '\u0098', '\u009d', '\u009e', '\u009f' -> state = State.STRING;
            case '\n', '\r', '\t' -> passed.append(c);
            default -> {
                if (!Text.isOdd(c)) {
                    passed.append(c);
                }
            }
        }
    }

    /** A line's end ends it as well: a text that nobody ends hides nothing of what comes after. */
    private void string(char c, StringBuilder passed) {
        if (c == '\u001b') {
            state = State.STRING_ESCAPE;
        } else if (c == '\u0007' || c == '\u009c' || c == '\n') {
            state = State.TEXT;
            passed.append(c == '\n' ? "\n" : "");
        }
    }

    /** Only colours pass, and only those that are written as they should be. */
    private void control(char c, StringBuilder passed) {
        if (c >= 0x40 && c <= 0x7e) {
            state = State.TEXT;
            if (c == 'm' && sequence.chars().allMatch(one -> one >= '0' && one <= '9' || one == ';' || one == ':')) {
                passed.append("\u001b[").append(sequence).append('m');
            }
        } else if (c < 0x20 || c > 0x7e || sequence.length() > LONGEST) {
            state = State.TEXT;
            text(c, passed);
        } else {
            sequence.append(c);
        }
    }
}
