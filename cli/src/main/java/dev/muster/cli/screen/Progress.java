package dev.muster.cli.screen;

import java.util.List;

/** One line of where long work stands: drawn in its place on a terminal, else noted now and then. */
public final class Progress implements AutoCloseable {
    private static final long NOW_AND_THEN = 10_000_000_000L;

    private final Screen screen;
    private final Live live;
    private long noted = System.nanoTime();

    public Progress(Screen screen) {
        this.screen = screen;
        this.live = new Live(screen);
    }

    public void say(String where) {
        if (screen.isLive() && screen.output() == Output.TABLE) {
            live.draw(List.of(Text.cut(screen.paint(Colour.DIM, "… " + where), screen.width())));
        } else if (System.nanoTime() - noted > NOW_AND_THEN) {
            noted = System.nanoTime();
            screen.note("… " + where);
        }
    }

    /** Takes the line away, for something that stays. */
    public void lift() {
        live.lift();
    }

    @Override
    public void close() {
        lift();
    }
}
