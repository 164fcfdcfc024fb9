package dev.muster.ui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** axe-core, which finds what keeps people from a page who do not see it, or do not use a mouse. */
final class Axe {
    private static final String SCRIPT = script();
    /** Each violation with where it is. */
    private static final String RUN = """
            axe.run(document, { resultTypes: ['violations'] })
              .then(r => r.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`))""";

    private Axe() {}

    /** Brought into the page once, run on it as it is now; what it has to say, in sentences: nothing is right. */
    static String[] violations(Browser browser) {
        if (!browser.evaluate("'axe' in window").asBoolean()) {
            browser.evaluate(SCRIPT + "; 'there'");
        }
        var found = browser.evaluate(RUN);
        String[] all = new String[found.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = found.get(i).asText();
        }
        return all;
    }

    private static String script() {
        try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (file == null) {
                throw new IllegalStateException("axe.min.js is not among the tests' dependencies");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
