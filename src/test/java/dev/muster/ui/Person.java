package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Somebody with an account and one duty, in a browser of their own: does by words what people do, and waits as they would. */
final class Person implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "four words are enough";
    /** What may be clicked and is to be seen, with its words in small letters. */
    private static final String CLICKABLE = """
            [...(document.querySelector(%s)?.querySelectorAll('a,button,summary,input[type=checkbox],input[type=radio]') ?? [])]
              .filter(e => e.checkVisibility() && !e.disabled)
              .map(e => [e, (e.innerText || e.ariaLabel || e.labels?.[0]?.innerText || '').trim().replace(/\\s+/g, ' ').toLowerCase()])""";

    private final String name;
    /** Where what is clicked or typed into has to be. */
    private String part = "body";

    private final ServiceProcess service;
    private final Browser browser;

    private Person(String name, ServiceProcess service, Browser browser) {
        this.name = name;
        this.service = service;
        this.browser = browser;
    }

    /** Gets an account and the duty, chooses a password by the link, signs out, and signs in with it. */
    static Person signsIn(String name, String duty, String scope) throws IOException, InterruptedException {
        return signsIn(Stage.service(), name, duty, scope);
    }

    static Person signsIn(ServiceProcess service, String name, String duty, String scope)
            throws IOException, InterruptedException {
        String link = Stage.post(service, "/api/v1/accounts", "{'name':'%s'}".formatted(name))
                .path("link")
                .asText();
        Stage.post(service, "/api/v1/grants", "{'subject':'%s','duty':'%s','scope':'%s'}".formatted(name, duty, scope));
        Person person = new Person(name, service, Browser.open(Stage.chromium()));
        person.browser.look(1280, 820, "light");
        person.browser.visit(link);
        person.types("Password", PASSWORD);
        person.types("Once more", PASSWORD);
        person.clicks("Choose it and sign in");
        person.clicks("Sign out");
        person.types("Name", name);
        person.types("Password", PASSWORD);
        person.clicks("Sign in");
        person.sees("Sign out");
        person.sees(name);
        // A page that lives may ask once more in the moment in which its session ends.
        assertThat(person.browser.complaints())
                .as("%s signs in", name)
                .allMatch(complaint -> complaint.contains("status of 401"));
        person.browser.forgive();
        return person;
    }

    void opens(String path) {
        part = "body";
        browser.visit(service.url().resolve(path).toString());
    }

    /** From now on clicks and types within this part of the page, until another page is opened. */
    void looksAt(String selector) {
        part = selector;
    }

    /** What says exactly this, or begins with it. */
    void clicks(String words) {
        holds(
                "(() => { const all = %s; const word = %s; const found = all.find(([, t]) => t === word) ?? all.find(([, t]) => t.startsWith(word)); if (!found) return false; found[0].click(); return true; })()"
                        .formatted(CLICKABLE.formatted(json(part)), quoted(words)));
    }

    /** Into the field with this label; of a choice: the entry with this value. */
    void types(String label, String text) {
        holds("""
                (() => {
                  const label = [...(document.querySelector(%s)?.querySelectorAll('label') ?? [])].find(l => l.checkVisibility() && l.innerText.trim().toLowerCase().startsWith(%s));
                  const field = label?.control;
                  if (!field) return false;
                  field.value = %s;
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                  return field.value === %s;
                })()""".formatted(json(part), quoted(label), json(text), json(text)));
    }

    void sees(String words) {
        holds("document.readyState === 'complete' && document.body.innerText.toLowerCase().includes(%s)"
                .formatted(quoted(words)));
    }

    void seesNothingOf(String words) {
        assertThat(browser.evaluate("document.documentElement.outerHTML.toLowerCase().includes(%s)"
                                .formatted(quoted(words)))
                        .asBoolean())
                .as("%s sees nothing of %s", name, words)
                .isFalse();
    }

    /** Where they are, as they would tell somebody else. */
    String address() {
        return browser.evaluate("location.pathname + location.search").asText();
    }

    /** The text of a part of the page. */
    String reads(String selector) {
        return browser.evaluate("document.querySelector(%s).textContent".formatted(json(selector)))
                .asText();
    }

    boolean isOffered(String words) {
        return browser.evaluate("%s.some(([, t]) => t.startsWith(%s))"
                        .formatted(CLICKABLE.formatted(json(part)), quoted(words)))
                .asBoolean();
    }

    /** Waits until the expression is true in the page. */
    void holds(String expression) {
        await(name + ": " + expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> browser.evaluate(expression).asBoolean());
    }

    /** Keeps what is in the window, of few colours so that it is small: {@code target/tour}. */
    void shows(String picture) throws IOException {
        // What has just changed is marked for a moment, and numbers may still move: the picture is taken when it is
        // calm.
        holds("document.readyState === 'complete' && document.getAnimations().every(a => a.playState !== 'running')");
        Path file = Path.of("target", "tour", picture + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, FewColours.of(browser.picture(false)));
        // That a form was refused is its answer's status, which the console repeats.
        assertThat(browser.complaints())
                .as("%s at %s", name, picture)
                .allMatch(complaint -> complaint.contains("status of 422"));
    }

    private static String quoted(String words) {
        return json(words.toLowerCase(java.util.Locale.ROOT));
    }

    private static String json(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
