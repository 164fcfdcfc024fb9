package dev.muster.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/install.md tells to type and to write, in its order; and what is typed here instead, each with the reason. */
final class InstallPage {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    private final String text;
    private final List<Instead> instead = new ArrayList<>();
    private final Set<Instead> used = new HashSet<>();

    /** A fenced piece of the page: a language and what it says. */
    record Piece(String language, String text) {
        /** The name of a file on its first line, as {@code # values.yaml}. */
        String file() {
            return text.lines().findFirst().orElseThrow().replaceFirst("^# (\\S+\\.yaml).*", "$1");
        }

        /** A line each; one that ends with a backslash goes on. */
        List<String> commands() {
            return text.replace("\\\n", " ").lines().map(String::strip).toList();
        }
    }

    private record Instead(String onThePage, String here, String why) {}

    private InstallPage(String text) {
        this.text = text;
    }

    static InstallPage read() throws IOException {
        return new InstallPage(Files.readString(Path.of("..", "docs", "install.md")));
    }

    /** From now on, in whatever is read. */
    InstallPage instead(String onThePage, String here, String why) {
        instead.add(new Instead(onThePage, here, why));
        return this;
    }

    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            pieces.add(new Piece(fenced.group(1), fenced.group(2)));
        }
        return pieces;
    }

    /** As it is done here. */
    String done(String said) {
        String done = said;
        for (Instead each : instead) {
            if (done.contains(each.onThePage())) {
                used.add(each);
                done = done.replace(each.onThePage(), each.here());
            }
        }
        return done;
    }

    /** Replacements for what the page does not say, or says no more. */
    List<String> unused() {
        return instead.stream()
                .filter(each -> !used.contains(each))
                .map(Instead::toString)
                .toList();
    }
}
