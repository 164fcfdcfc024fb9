package dev.muster.cli.scenario;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The text of a file, which must be UTF-8 and no longer than a scenario can be. */
public final class TextFile {
    private TextFile() {}

    /** {@code source} names it in messages. */
    public static String read(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Part.LONGEST + 1);
        if (bytes.length > Part.LONGEST) {
            throw new BadInput(
                    "%s: longer than %d MiB".formatted(source, Part.LONGEST >> 20), "Expected a scenario, not a dump.");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
