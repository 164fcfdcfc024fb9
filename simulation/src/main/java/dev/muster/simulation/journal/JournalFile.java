package dev.muster.simulation.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its beginning. */
final class JournalFile {
    private final Path file;
    private long position;
    private long record;

    private JournalFile(Path file) {
        this.file = file;
    }

    /** Hands every record but the title to {@code replay}; the answer is where the last whole record ends. */
    static long read(Path file, Consumer<String> replay) throws IOException {
        return new JournalFile(file).read(replay);
    }

    private long read(Consumer<String> replay) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                String text = check(line.toByteArray());
                if (record == 0) {
                    checkTitle(text);
                } else {
                    replay(replay, text);
                }
                position += line.size() + 1;
                record++;
                line.reset();
            }
            // What follows the last line end is the beginning of a record that was not finished.
            return position;
        }
    }

    private String check(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        if (first > 0 && second > 0) {
            String payload = text.substring(second + 1);
            byte[] right = Journal.line(payload);
            if (Arrays.equals(right, 0, right.length - 1, line, 0, line.length)) {
                return payload;
            }
        }
        throw damaged("is not as it was written: its checksum or its length is wrong", null);
    }

    private void checkTitle(String text) {
        if (!text.equals(Journal.TITLE)) {
            throw damaged("is '%s' where '%s' was expected".formatted(text, Journal.TITLE), null);
        }
    }

    private void replay(Consumer<String> replay, String text) {
        try {
            replay.accept(text);
        } catch (RuntimeException e) {
            throw damaged("cannot be understood: " + e.getMessage(), e);
        }
    }

    private JournalDamaged damaged(String how, @Nullable RuntimeException cause) {
        String message = ("The journal %s is damaged: record %d at byte %d %s\n"
                        + "Put back a copy of the file, or move it away to start with an empty cluster.")
                .formatted(file, record, position, how);
        return cause == null ? new JournalDamaged(message) : new JournalDamaged(message, cause);
    }
}
