package dev.muster.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What deploy/Dockerfile says, line by line; each of our instructions is one line. */
record Dockerfile(List<String> lines) {
    private static final Path FILE = Path.of("..", "deploy", "Dockerfile");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    static Dockerfile read() throws IOException {
        return new Dockerfile(Files.readAllLines(FILE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    /** What follows the word, for each time that it is said. */
    List<String> all(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length()).strip())
                .toList();
    }

    /** The words that follow the one place where it is said: a list in brackets, or what blanks part. */
    List<String> words(String word) {
        List<String> said = all(word);
        if (said.size() != 1) {
            throw new IllegalStateException("%s says %s %d times: expected once".formatted(FILE, word, said.size()));
        }
        return said.get(0).startsWith("[")
                ? quoted(said.get(0))
                : Arrays.asList(said.get(0).split("\\s+"));
    }

    private static List<String> quoted(String text) {
        List<String> words = new ArrayList<>();
        Matcher each = QUOTED.matcher(text);
        while (each.find()) {
            words.add(each.group(1));
        }
        return words;
    }
}
