package dev.muster.access;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is shown to who has no session. Everything that came from outside is written as text. */
final class SignInPages {
    private SignInPages() {}

    /** {@code fault}: why it has to be tried again. */
    static String form(Collection<Issuer> issuers, @Nullable String fault) {
        String others = issuers.stream()
                .filter(Issuer::hasPages)
                .map(issuer -> "<p><a class=\"button primary\" href=\"%s\">Sign in with %s</a></p>"
                        .formatted(issuer.path(), text(issuer.label())))
                .collect(Collectors.joining());
        return PageHeaders.page("""
                <h1>Sign in</h1>%s%s
                <form class="signin" method="post" action="/sign-in">
                <label>Name <input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
                <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
                <button class="primary">Sign in</button></form>
                <p class="hint">No account? An operator makes one: <code>muster account create NAME</code>. On the machine where Muster
                runs, <code>muster ui</code> makes a link that opens the pages: it works once, for five minutes.</p>""".formatted(told(fault), others));
    }

    static String choose(String name, String link, @Nullable String fault) {
        return PageHeaders.page(
                """
                <h1>Choose a password</h1>%s
                <form class="signin" method="post" action="/sign-in/password">
                <input type="hidden" name="link" value="%s">
                <label>Name <input name="name" value="%s" autocomplete="username" readonly></label>
                <label>Password <input name="password" type="password" autocomplete="new-password" minlength="%d" required autofocus></label>
                <label>Once more <input name="again" type="password" autocomplete="new-password" required></label>
                <button class="primary">Choose it and sign in</button></form>
                <p class="hint">At least %d characters; a few words are easier to remember than signs. Other sessions of yours end.</p>""".formatted(told(fault), text(link), text(name), Passwords.SHORTEST, Passwords.SHORTEST));
    }

    static String change(String name, @Nullable String fault) {
        return PageHeaders.page("""
                <h1>Change your password</h1>%s
                <form class="signin" method="post" action="/sign-in/password/change">
                <label>Name <input name="name" value="%s" autocomplete="username" readonly></label>
                <label>Present password <input name="present" type="password" autocomplete="current-password" required autofocus></label>
                <label>New password <input name="password" type="password" autocomplete="new-password" minlength="%d" required></label>
                <label>Once more <input name="again" type="password" autocomplete="new-password" required></label>
                <button class="primary">Change it</button></form>
                <p class="hint">Other sessions of yours end. <a href="/ui">Back to the overview</a></p>""".formatted(told(fault), text(name), Passwords.SHORTEST));
    }

    static String linkIsOver() {
        return PageHeaders.page("""
                <h1>This link does not work</h1><p>It works once, for a day. Was it used before, or by somebody else? An operator makes
                a new one: <code>muster account create NAME</code>.</p>
                <p><a href="/sign-in">Sign in</a></p>""");
    }

    /** Signed in, without any duty. */
    static String noDuty(String name, String whom) {
        return PageHeaders.page("""
                <h1>No duty yet</h1><p>You are signed in as <b>%s</b>, and nothing is open to you yet. %s.</p>
                <form method="post" action="/sign-out"><button>Sign out</button></form>""".formatted(text(name), text(whom)));
    }

    /** Signed in, with duties of which none opens this. */
    static String notForYou(String why) {
        return PageHeaders.page("""
                <h1>Not for you</h1><p>%s.</p><p><a href="/ui">Back to the overview</a></p>""".formatted(text(why)));
    }

    /** Signed out here, and led on to where they signed in. */
    static String signOutThere(String url) {
        return PageHeaders.page("""
                <meta http-equiv="refresh" content="0;url=%s"><h1>Signed out</h1>
                <p><a href="%s">Sign out of your identity provider, too</a></p>""".formatted(text(url), text(url)));
    }

    private static String told(@Nullable String fault) {
        return fault == null ? "" : "<p class=\"fault\" role=\"alert\">" + text(fault) + "</p>";
    }

    private static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
