package dev.muster.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person types in and nobody sees: not from the command line, where every process of the machine would. */
final class Typed {
    private Typed() {}

    /** One for each prompt; without a terminal a line each. */
    static List<String> secrets(String... prompts) {
        Console console = System.console();
        List<String> all = new ArrayList<>();
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String prompt : prompts) {
                char @Nullable [] typed = console == null ? null : console.readPassword("%s", prompt);
                String text = console == null ? lines.readLine() : typed == null ? null : new String(typed);
                if (text == null || text.isEmpty()) {
                    throw new BadInput(
                            "Nothing came for '%s'".formatted(prompt.strip()),
                            "Type it in, or hand in a line for each.");
                }
                all.add(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
