package dev.muster.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The end of a pod's output. {@code next} is the byte from which the rest is followed, {@code more} whether there can be a
 * rest, {@code cut} whether the beginning is left out.
 */
public record LogPanel(
        String team,
        String job,
        String role,
        int index,
        int attempt,
        String text,
        long next,
        boolean more,
        boolean cut) {
    /** Bytes of output that a page carries. */
    public static final int TAIL = 64 * 1024;

    /** What terminals read as colours and cursor moves. */
    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)|[@-Z\\\\-_])");

    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069&&[^\n\t]]");

    /** Output may hold anything: what is no text is not shown. */
    static String readable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    }

    /** Where the rest comes from, as plain text. */
    public String followHref() {
        return path() + "&follow=true&offset=" + next;
    }

    public String wholeHref() {
        return path() + "&offset=0";
    }

    private String path() {
        return "/api/v1/teams/%s/jobs/%s/logs?role=%s&index=%d&attempt=%d"
                .formatted(team, job, URLEncoder.encode(role, StandardCharsets.UTF_8), index, attempt);
    }

    public boolean empty() {
        return text.isEmpty();
    }
}
