package dev.muster.access;

import dev.muster.Settings;
import dev.muster.problem.MusterException;
import dev.muster.rights.Guest;
import dev.muster.rights.Subject;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An identity provider whose people are let in, as the settings {@code muster.access.issuers.NAME} say. */
record Issuer(String name, Settings.Issuer settings, GroupDuties duties) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    /** After its path: where it says that somebody has signed out there. */
    static final String OUT = "/out";

    private static final String PAGES = ".pages";
    private static final String SIGN_OUT = ".out";
    private static final String EMAIL = "email";

    /** @throws IllegalArgumentException where the settings cannot be meant so */
    static Issuer of(String name, Settings.Issuer settings) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Bad name '%s' in muster.access.issuers: expected 1 to 32 of a-z, 0-9, '-'".formatted(name));
        }
        if (settings.audience().stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "muster.access.issuers.%s.audience is empty: tokens that were given for others would be taken"
                            .formatted(name));
        }
        try {
            return new Issuer(
                    name, settings, GroupDuties.parse(settings.duties().orElse(java.util.List.of())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("muster.access.issuers.%s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** As tokens name it. */
    String url() {
        return settings.url().toString();
    }

    String label() {
        return settings.label().orElse(name);
    }

    /** Whether people sign in to the pages by it. */
    boolean hasPages() {
        return settings.clientId().isPresent();
    }

    /** By this the framework knows it for bearer tokens. */
    String bearerClient() {
        return name;
    }

    /** By this for the pages; '.' is in no name. */
    String pagesClient() {
        return name + PAGES;
    }

    /** By this for what it says itself, when somebody has signed out there. */
    String signOutClient() {
        return name + SIGN_OUT;
    }

    /** Where people are sent, and come back to. */
    String path() {
        return Gate.SIGN_IN_WITH + name;
    }

    /**
     * Whom it speaks of. Names are taken in small letters, as providers compare them; {@code isVerified} is what it says of an
     * address that anybody could have written there.
     *
     * @throws MusterException where there is no name that Muster takes
     */
    Guest guest(@Nullable String claimed, @Nullable Boolean isVerified, Collection<String> groups) {
        String claim = settings.userClaim();
        if (claimed == null || claimed.isBlank()) {
            throw MusterException.unauthenticated(
                    "The token of %s has no claim '%s', which says who it is".formatted(label(), claim));
        }
        if (claim.equals(EMAIL) && Boolean.FALSE.equals(isVerified)) {
            throw MusterException.unauthenticated(
                    "%s has not verified that %s is theirs".formatted(label(), MusterException.shown(claimed)));
        }
        String text = settings.prefix().orElse("") + claimed.toLowerCase(Locale.ROOT);
        try {
            Subject subject = new Subject(Subject.Kind.PERSON, text);
            return new Guest(subject, name, duties.of(subject, groups));
        } catch (IllegalArgumentException e) {
            throw MusterException.unauthenticated("%s calls somebody '%s', whom Muster cannot name: %s"
                    .formatted(label(), MusterException.shown(text), e.getMessage()));
        }
    }
}
