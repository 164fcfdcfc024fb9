package dev.muster.cli.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the command writes: results to {@code out}, everything else to {@code err}; with colour only where a person looks. */
public final class Screen {
    private static final int USUAL_LINES = 24;
    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean live;
    private boolean coloured;
    private Output output = Output.TABLE;

    /** {@code live}: a terminal, on which lines may be drawn again. */
    public Screen(PrintStream out, PrintStream err, boolean live, boolean coloured) {
        this.out = out;
        this.err = err;
        this.live = live;
        this.coloured = coloured;
    }

    /** The process's own: colours by NO_COLOR, FORCE_COLOR, TERM and whether output goes to a terminal. */
    public static Screen ofProcess(Map<String, String> environment) {
        String told = environment.get("MUSTER_TTY");
        boolean terminal = told == null ? System.console() != null : told.equals("1");
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean forced = !environment.getOrDefault("FORCE_COLOR", "").isEmpty();
        return new Screen(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminal && !dumb,
                !refused && (forced || terminal && !dumb));
    }

    private static PrintStream stream(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    public void withoutColour() {
        coloured = false;
    }

    public void showAs(Output form) {
        output = form;
    }

    public Output output() {
        return output;
    }

    public boolean isColoured() {
        return coloured;
    }

    public boolean isLive() {
        return live;
    }

    public PrintStream out() {
        return out;
    }

    /** Where the output of others' programs goes: as it is into a file or a pipe, harmless to a terminal. */
    public OutputStream foreign() {
        return live ? new Harmless(out) : out;
    }

    public PrintStream err() {
        return err;
    }

    public void print(String line) {
        out.println(Text.printable(line));
    }

    /** For people: goes to {@code err}, so that results stay clean. */
    public void note(String line) {
        err.println(Text.printable(line));
    }

    public String paint(Colour colour, String text) {
        return coloured ? colour.around(text) : text;
    }

    public String state(@Nullable String state) {
        return state == null ? "" : paint(Colour.ofState(state), state);
    }

    /** Columns of the terminal, asked anew each time, as it may be resized; without a terminal no limit. */
    public int width() {
        return live ? Math.max(40, size()[1]) : Integer.MAX_VALUE;
    }

    /** Lines of the terminal. */
    public int height() {
        return live ? Math.max(4, size()[0]) : Integer.MAX_VALUE;
    }

    private static int[] size() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            String[] both = answer.split(" ");
            if (both.length == 2 && Integer.parseInt(both[0]) > 0 && Integer.parseInt(both[1]) > 0) {
                return new int[] {Integer.parseInt(both[0]), Integer.parseInt(both[1])};
            }
        } catch (IOException | NumberFormatException e) {
            // Then by the usual measure.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new int[] {USUAL_LINES, USUAL_COLUMNS};
    }
}
