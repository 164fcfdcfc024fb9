package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies, is led on, fills in the form of a page. */
final class LoopbackBrowser {
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern LED_ON = Pattern.compile("url=([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new OnLoopback())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address).header("Accept", "text/html, */*"));
    }

    HttpResponse<String> post(URI address, Map<String, String> fields) throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", address.getScheme() + "://" + address.getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Sends the form of the page; the answer is what comes after it. */
    HttpResponse<String> fillIn(HttpResponse<String> page, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.uri() + "\n" + page.body()).isTrue();
        return post(page.uri().resolve(unescaped(form.group(1))), fields);
    }

    /** Where the page leads by itself. */
    HttpResponse<String> goOn(HttpResponse<String> page) throws IOException, InterruptedException {
        Matcher there = LED_ON.matcher(page.body());
        assertThat(there.find()).as(page.body()).isTrue();
        return get(URI.create(unescaped(there.group(1))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        // Java's client would take the origin of what was posted along to where it is led; browsers do not.
        while (answer.statusCode() >= 301 && answer.statusCode() <= 303) {
            String there = answer.headers().firstValue("Location").orElseThrow();
            answer = client.send(
                    HttpRequest.newBuilder(answer.uri().resolve(there))
                            .header("Accept", "text/html, */*")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        return answer;
    }

    private static String unescaped(String text) {
        return text.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    }

    /** As browsers do, takes the loopback address for as good as TLS: Keycloak says there, too, that cookies go by TLS only. */
    private static final class OnLoopback extends CookieManager {
        private OnLoopback() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            Map<String, List<String>> open = new HashMap<>(headers);
            open.replaceAll((name, values) -> "set-cookie".equalsIgnoreCase(name)
                    ? values.stream()
                            .map(cookie -> cookie.replaceAll("(?i); *secure", ""))
                            .toList()
                    : values);
            super.put(from, open);
        }
    }
}
