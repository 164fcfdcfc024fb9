package dev.muster.cli.screen;

import java.util.regex.Pattern;

/** Text from elsewhere, made harmless for a terminal, and cut to measure. */
public final class Text {
    /**
     * Control characters (and the escape sequences they start) could move the cursor, recolour, or retitle the window; signs of
     * direction show a text in another order than it has.
     */
    private static final String ODD = "\\p{Cc}\\p{Zl}\\p{Zp}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff";

    private static final Pattern CONTROL = Pattern.compile("[" + ODD + "]");
    /** Those but line ends and tabs; the escape of our own colours stays. */
    private static final Pattern NEVER = Pattern.compile("(?!\u001b\\[[0-9;]*m)[" + ODD + "&&[^\n\t]]");

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private Text() {}

    /** One line without control characters. */
    public static String plain(String foreign) {
        return CONTROL.matcher(foreign).replaceAll(" ");
    }

    /** What is printed in the end: no control characters but line ends, tabs and colours, whoever forgot to take them out. */
    static String printable(String painted) {
        return NEVER.matcher(painted).replaceAll(" ");
    }

    static boolean isOdd(char c) {
        return Character.isISOControl(c)
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c'
                || c == '\ufeff';
    }

    /** Characters that take room: without colour codes. */
    public static int width(String painted) {
        String bare = painted.indexOf('\u001b') < 0
                ? painted
                : COLOUR.matcher(painted).replaceAll("");
        return bare.codePointCount(0, bare.length());
    }

    /** At most {@code room} characters; the colour codes stay whole. */
    public static String cut(String painted, int room) {
        if (room <= 0) {
            return "";
        }
        if (width(painted) <= room) {
            return painted;
        }
        StringBuilder cut = new StringBuilder();
        int taken = 0;
        boolean open = false;
        for (int i = 0; i < painted.length() && taken < room - 1; ) {
            int step = 1;
            if (painted.charAt(i) == '\u001b' && painted.indexOf('m', i) > 0) {
                step = painted.indexOf('m', i) + 1 - i;
                open = !painted.startsWith("\u001b[0m", i);
            } else {
                step = Character.charCount(painted.codePointAt(i));
                taken++;
            }
            cut.append(painted, i, i + step);
            i += step;
        }
        return cut.append('…').append(open ? "\u001b[0m" : "").toString();
    }

    public static String padded(String painted, int width) {
        return painted + " ".repeat(Math.max(0, width - width(painted)));
    }
}
