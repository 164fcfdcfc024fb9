package dev.muster.archive;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A bucket of anything that speaks the API of S3: whole objects go in, ranges come out. Requests are signed by the library of who made
 * that API; what fails on the way is tried once more.
 */
final class Bucket {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RANGE = Pattern.compile("bytes (?:\\d+-\\d+|\\*)/(\\d+)");
    private static final int MOST_LISTED = 1 << 22;
    private static final int MOST_SAID = 300;

    private final Place place;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    Bucket(Place place) {
        this.place = place;
    }

    /** {@code endpoint}: without the bucket's name, which is the first part of each path. */
    record Place(URI endpoint, String name, String region, AwsCredentialsIdentity who) {
        static Place of(URI endpoint, String name, String region, String key, String secret, @Nullable String session) {
            return new Place(
                    endpoint,
                    name,
                    region,
                    session == null
                            ? AwsCredentialsIdentity.create(key, secret)
                            : AwsSessionCredentialsIdentity.create(key, secret, session));
        }

        /** Without who asks. */
        @Override
        public String toString() {
            return "%s/%s".formatted(endpoint, name);
        }
    }

    /** A part of an object that is {@code size} bytes long. */
    record Piece(byte[] bytes, long size) {}

    /** The object has the content of the file, or what it had before. */
    void put(String key, Path file) throws IOException {
        HttpResponse<byte[]> answer = ask(
                request(SdkHttpMethod.PUT, key, Map.of(), Map.of("Content-Type", "text/plain")),
                () -> open(file),
                BodyPublishers.ofFile(file));
        require(answer, key, 200);
    }

    /** From {@code offset} on; empty where there is no such object. */
    Optional<Piece> read(String key, long offset, int limit) throws IOException {
        HttpResponse<byte[]> answer = ask(
                request(
                        SdkHttpMethod.GET,
                        key,
                        Map.of(),
                        Map.of("Range", "bytes=%d-%d".formatted(offset, offset + limit - 1))),
                null,
                BodyPublishers.noBody());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        require(answer, key, 206, 416);
        Matcher range =
                RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
        if (answer.statusCode() == 416) {
            return Optional.of(new Piece(new byte[0], range.matches() ? Long.parseLong(range.group(1)) : offset));
        }
        if (!range.matches()) {
            throw new IOException("%s gave a part of %s without its Content-Range".formatted(place, key));
        }
        return Optional.of(new Piece(answer.body(), Long.parseLong(range.group(1))));
    }

    /** Up to a thousand keys that begin so. */
    List<String> keys(String prefix) throws IOException {
        HttpResponse<byte[]> answer = ask(
                request(SdkHttpMethod.GET, "", Map.of("list-type", "2", "prefix", prefix), Map.of()),
                null,
                BodyPublishers.noBody());
        require(answer, prefix + "…", 200);
        return keys(answer.body());
    }

    /** Gone, also where it was not there. */
    void delete(String key) throws IOException {
        HttpResponse<byte[]> answer =
                ask(request(SdkHttpMethod.DELETE, key, Map.of(), Map.of()), null, BodyPublishers.noBody());
        require(answer, key, 200, 204, 404);
    }

    private SdkHttpRequest request(
            SdkHttpMethod method, String key, Map<String, String> query, Map<String, String> headers) {
        URI endpoint = place.endpoint();
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .protocol(endpoint.getScheme())
                .host(endpoint.getHost())
                .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
                .encodedPath("/" + place.name() + (key.isEmpty() ? "" : "/" + key));
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        return request.build();
    }

    private HttpResponse<byte[]> ask(
            SdkHttpRequest request, @Nullable ContentStreamProvider content, BodyPublisher body) throws IOException {
        try {
            try {
                HttpResponse<byte[]> answer = sent(request, content, body);
                return answer.statusCode() < 500 ? answer : sent(request, content, body);
            } catch (FileNotFoundException e) {
                throw e;
            } catch (IOException broken) {
                return sent(request, content, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while %s was asked".formatted(place), e);
        }
    }

    private HttpResponse<byte[]> sent(
            SdkHttpRequest request, @Nullable ContentStreamProvider content, BodyPublisher body)
            throws IOException, InterruptedException {
        SignedRequest signed = signer.sign(sign -> sign.identity(place.who())
                .request(request)
                .payload(content)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, place.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
        HttpRequest.Builder asked = HttpRequest.newBuilder(signed.request().getUri())
                .timeout(PATIENCE)
                .method(request.method().name(), body);
        signed.request().headers().forEach((name, values) -> {
            // The client says these itself.
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> asked.header(name, value));
            }
        });
        return client.send(asked.build(), BodyHandlers.ofByteArray());
    }

    private void require(HttpResponse<byte[]> answer, String key, int... good) throws IOException {
        for (int status : good) {
            if (answer.statusCode() == status) {
                return;
            }
        }
        String said = new String(answer.body(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        throw new IOException("%s answered %d to %s %s: %s"
                .formatted(
                        place,
                        answer.statusCode(),
                        answer.request().method(),
                        key,
                        said.substring(0, Math.min(MOST_SAID, said.length()))));
    }

    private List<String> keys(byte[] xml) throws IOException {
        if (xml.length > MOST_LISTED) {
            throw new IOException("%s gave a list of %d bytes".formatted(place, xml.length));
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList found = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getElementsByTagName("Key");
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                keys.add(found.item(i).getTextContent());
            }
            return keys;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("%s gave a list that cannot be read".formatted(place), e);
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
