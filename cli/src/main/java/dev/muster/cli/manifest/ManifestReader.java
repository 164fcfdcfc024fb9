package dev.muster.cli.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.api.Metadata;
import dev.muster.cli.BadInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML documents as resources. Strict: what is unknown, written twice or of the wrong form is refused with its line
 * and column, for a typing error in a quota file must not become a missing limit.
 */
public final class ManifestReader {
    /** Longest text that is read, in characters. */
    static final int LONGEST = 64 << 20;

    private final YAMLMapper mapper = mapper();
    private final String source;
    private final String text;

    private ManifestReader(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** All documents of {@code text}; {@code source} names it in messages. */
    public static List<Manifest> read(String source, String text) {
        ManifestReader reader = new ManifestReader(source, text);
        return reader.resources(reader.outline());
    }

    private record Outline(Kind kind, JsonLocation start) {}

    /** First pass: which kinds, and nothing that YAML allows and a reader would be misled by. */
    private List<Outline> outline() {
        List<Outline> found = new ArrayList<>();
        try (YAMLParser parser = mapper.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (isNothing(token, parser)) {
                    continue;
                }
                if (token != JsonToken.START_OBJECT) {
                    throw refused(
                            parser.currentTokenLocation(), "a document must be a mapping that begins with 'kind:'");
                }
                JsonLocation start = parser.currentTokenLocation();
                found.add(new Outline(kind(walk(parser), start), start));
            }
        } catch (IOException e) {
            throw translated(e);
        }
        return found;
    }

    /** Passes over one document and says the text of its {@code kind}. */
    private @Nullable Word walk(YAMLParser parser) throws IOException {
        Word kind = null;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                break;
            }
            if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                throw refused(parser.currentTokenLocation(), "anchors and aliases are not read: write it out");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 1 && token.isScalarValue() && "kind".equals(parser.currentName())) {
                kind = new Word(parser.getText(), parser.currentTokenLocation());
            } else if (depth == 1 && token == JsonToken.FIELD_NAME && "apiVersion".equals(parser.currentName())) {
                throw refused(
                        parser.currentTokenLocation(),
                        "unknown field 'apiVersion'",
                        "This looks like a Kubernetes manifest. Muster's own resources have no apiVersion: delete the line.");
            }
        }
        return kind;
    }

    private record Word(String text, JsonLocation at) {}

    private Kind kind(@Nullable Word word, JsonLocation start) {
        if (word == null) {
            throw refused(start, "the document does not say its kind", "Expected 'kind:' and one of " + Kind.words());
        }
        Optional<Kind> kind = Kind.of(word.text());
        if (kind.isEmpty()) {
            List<String> known = List.of(Kind.words().split(", "));
            throw refused(
                    word.at(),
                    "unknown kind '%s'".formatted(shortened(word.text())),
                    Spelling.meant(word.text(), known)
                            .map(meant -> "Did you mean " + meant + "?")
                            .orElse("Expected one of " + Kind.words()));
        }
        return kind.get();
    }

    /** Second pass: the resources, each read as its kind. */
    private List<Manifest> resources(List<Outline> outlines) {
        List<Manifest> read = new ArrayList<>();
        try (YAMLParser parser = mapper.getFactory().createParser(text)) {
            int at = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (isNothing(token, parser)) {
                    continue;
                }
                Outline outline = outlines.get(at++);
                read.add(complete(new Manifest(outline.kind(), resource(outline, parser, at), where(outline.start()))));
            }
        } catch (IOException e) {
            throw translated(e);
        }
        return read;
    }

    private Object resource(Outline outline, YAMLParser parser, int document) throws IOException {
        try {
            return mapper.readerFor(outline.kind().type()).readValue(parser);
        } catch (JsonMappingException e) {
            throw Wrong.of(e, where(located(document, Wrong.pointer(e))));
        }
    }

    /** Where the field that a pointer names stands: what could not be mapped says only where reading had come to. */
    private @Nullable JsonLocation located(int document, String pointer) throws IOException {
        try (YAMLParser parser = mapper.getFactory().createParser(text)) {
            int at = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean top = parser.getParsingContext().getParent() == null
                        || parser.getParsingContext().getParent().inRoot();
                if (token == JsonToken.START_OBJECT && top) {
                    at++;
                }
                if (at == document
                        && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return parser.currentTokenLocation();
                }
            }
        }
        return null;
    }

    private static Manifest complete(Manifest manifest) {
        Metadata metadata = manifest.metadata();
        // Absent in the file is null here, whatever the record promises of what the service sends.
        if (metadata == null || metadata.name() == null || metadata.name().isBlank()) {
            throw new BadInput(
                    "%s: the %s has no name"
                            .formatted(manifest.where(), manifest.kind().word()),
                    "Expected\n    metadata:\n      name: …");
        }
        return manifest;
    }

    /** An empty document, as between two '---'. */
    private static boolean isNothing(JsonToken token, JsonParser parser) throws IOException {
        return token == JsonToken.VALUE_NULL
                || token == JsonToken.VALUE_STRING && parser.getText().isEmpty();
    }

    private BadInput translated(IOException e) {
        if (e instanceof JsonProcessingException wrong) {
            return Wrong.of(source, wrong);
        }
        return new BadInput("%s: cannot be read: %s".formatted(source, e.getMessage()));
    }

    private BadInput refused(@Nullable JsonLocation at, String what, String... hints) {
        return new BadInput("%s: %s".formatted(where(at), what), hints);
    }

    private String where(@Nullable JsonLocation at) {
        return Wrong.where(source, at);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static YAMLMapper mapper() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LONGEST);
        return YAMLMapper.builder(YAMLFactory.builder()
                        .loaderOptions(limits)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }
}
