package dev.muster.cli.screen;

import java.time.Duration;
import java.util.List;

/** Lines that are drawn again in their place on a terminal; elsewhere a list is written again only where it changed. */
public final class Live {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_DOWN = "\r\u001b[J";

    private final Screen screen;
    private List<String> drawn = List.of();

    public Live(Screen screen) {
        this.screen = screen;
    }

    public void draw(List<String> lines) {
        List<String> shown = screen.isLive() ? cut(lines, Math.max(1, screen.height() - 1)) : lines;
        if (shown.equals(drawn)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (screen.isLive()) {
            if (!drawn.isEmpty()) {
                text.append(UP.formatted(drawn.size()));
            }
            text.append(CLEAR_DOWN);
        } else if (!drawn.isEmpty()) {
            text.append('\n');
        }
        shown.forEach(line -> text.append(Text.printable(line)).append('\n'));
        screen.out().print(text);
        screen.out().flush();
        drawn = List.copyOf(shown);
    }

    /** Forgets what is drawn, so that the next drawing goes below it. */
    public void leave() {
        drawn = List.of();
    }

    /** Takes away what is drawn, to write something that stays. */
    public void lift() {
        if (screen.isLive() && !drawn.isEmpty()) {
            screen.out().print(UP.formatted(drawn.size()) + CLEAR_DOWN);
            screen.out().flush();
        }
        drawn = List.of();
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }

    private static List<String> cut(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> first = new java.util.ArrayList<>(lines.subList(0, most - 1));
        first.add("… and %d more".formatted(lines.size() - most + 1));
        return first;
    }
}
