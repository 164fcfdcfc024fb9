package dev.muster.cli.manifest;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Files, directories of {@code *.yaml} and {@code -} (standard input) as one list of manifests. */
public final class ManifestFiles {
    private ManifestFiles() {}

    public static List<Manifest> read(List<String> names, InputStream standardInput) {
        List<Manifest> all = new ArrayList<>();
        texts(names, standardInput, (source, text) -> all.addAll(ManifestReader.read(source, text)));
        if (all.isEmpty()) {
            throw new BadInput(
                    "Nothing to apply in " + String.join(", ", names),
                    "A file holds one or more YAML documents; a directory is searched for *.yaml and *.yml.");
        }
        return all;
    }

    /** Gives each file's name and text to {@code reader}, in order. */
    public static void texts(List<String> names, InputStream standardInput, BiConsumer<String, String> reader) {
        for (String name : names) {
            if (name.equals("-")) {
                reader.accept("standard input", text("standard input", bytes(standardInput)));
            } else {
                files(Path.of(name)).forEach(file -> reader.accept(file.toString(), text(file)));
            }
        }
    }

    private static List<Path> files(Path named) {
        if (!Files.isDirectory(named)) {
            return List.of(named);
        }
        try (Stream<Path> inside = Files.list(named)) {
            return inside.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInput("Cannot list %s: %s".formatted(named, reason(e)));
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > ManifestReader.LONGEST) {
                throw new BadInput("%s is too large: %d bytes, at most %d are read"
                        .formatted(file, Files.size(file), ManifestReader.LONGEST));
            }
            return text(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BadInput("Cannot read %s: %s".formatted(file, reason(e)));
        }
    }

    private static byte[] bytes(InputStream in) {
        try {
            byte[] read = in.readNBytes(ManifestReader.LONGEST + 1);
            if (read.length > ManifestReader.LONGEST) {
                throw new BadInput(
                        "Standard input is too large: at most %d bytes are read".formatted(ManifestReader.LONGEST));
            }
            return read;
        } catch (IOException e) {
            throw new BadInput("Cannot read standard input: " + reason(e));
        }
    }

    /** Refuses what is no UTF-8, as a replaced character would go unseen into a name. */
    private static String text(String source, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                throw new BadInput("%s: byte %d is no UTF-8".formatted(source, in.position() + 1), "Save it as UTF-8.");
            }
        }
        return out.flip().toString();
    }

    private static String reason(IOException e) {
        return switch (e.getClass().getSimpleName()) {
            case "NoSuchFileException" -> "no such file";
            case "AccessDeniedException" -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }
}
