package dev.muster.quota.name;

import java.util.regex.Pattern;

/** What a name may look like: the label and subdomain rules of RFC 1123, as in Kubernetes. */
public final class Names {
    /** Longest label, in characters. */
    public static final int LONGEST = 63;

    /** Longest subdomain, in characters. */
    public static final int LONGEST_SUBDOMAIN = 253;

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private Names() {}

    /** True where {@code value} is a lower-case label of 1 to 63 characters. */
    public static boolean isLabel(String value) {
        // By hand: every id and name that is read from the database or a request goes through here.
        int last = value.length() - 1;
        if (last < 0 || last >= LONGEST || value.charAt(0) == '-' || value.charAt(last) == '-') {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = value.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    static void require(String what, String value) {
        if (!isLabel(value)) {
            throw refused(what, value, "1 to 63 characters of a-z, 0-9 and '-'");
        }
    }

    static void requireSubdomain(String what, String value) {
        if (value.length() > LONGEST_SUBDOMAIN || !SUBDOMAIN.matcher(value).matches()) {
            throw refused(what, value, "1 to 253 characters of a-z, 0-9, '-' and '.'");
        }
    }

    static IllegalArgumentException refused(String what, String value, String expected) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "… (" + value.length() + " characters)" : value;
        return new IllegalArgumentException(
                "Bad %s name '%s': expected %s, letter or digit first and last".formatted(what, shown, expected));
    }
}
