package dev.muster.access;

import dev.muster.problem.MusterException;
import java.util.Arrays;

/**
 * What the path of a request may hold. Names here are of letters, digits and a few signs; whatever one layer could read as
 * another path than the next one does (encoded slashes, dots that lead upwards, parameters within the path, text that is decoded
 * twice) is refused before any of them has read it.
 */
final class SentPath {
    private static final String EXPECTED =
            "printable ASCII without ';', '.' or '..' as a part, and without an encoded '/', '\\' or '%'";
    private static final String NEVER = "/\\;%";

    private SentPath() {}

    /**
     * @param uri as it was sent, with what comes after '?'
     * @throws MusterException where it holds what no path of the service does
     */
    static void refuseOdd(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (!isPlain(path)) {
            throw MusterException.invalidParameter("path", path, EXPECTED);
        }
        // PostgreSQL keeps no such character, and no text that anybody looks for has one.
        if (query >= 0 && uri.indexOf("%00", query) >= 0) {
            throw MusterException.invalidParameter("query", uri.substring(query + 1), "text without the character NUL");
        }
    }

    private static boolean isPlain(String path) {
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char sent = path.charAt(i);
            int meant = sent == '%' ? encoded(path, i + 1) : sent;
            boolean isOdd = meant < 0x20
                    || meant > 0x7E
                    || (sent == '%' ? NEVER.indexOf(meant) >= 0 : sent == ';' || sent == '\\');
            if (isOdd) {
                return false;
            }
            decoded.append((char) meant);
            i += sent == '%' ? 2 : 0;
        }
        return Arrays.stream(decoded.toString().split("/", -1))
                .noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    /** -1 where these are no two hexadecimal digits. */
    private static int encoded(String path, int at) {
        if (at + 1 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
