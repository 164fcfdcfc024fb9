package dev.muster.cluster;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a page that a pod serves is asked: at {@code port} of the pod, {@code path} with its query as it stands in an address. The path
 * goes on behind one of the cluster's own, and must not lead out of it.
 */
public record PageRequest(int port, String path, Map<String, String> headers) {
    private static final int LONGEST = 8_192;

    public PageRequest {
        headers = Map.copyOf(headers);
        if (path.length() > LONGEST || !path.startsWith("/") || !path.matches("[\\x21-\\x7e]+") || leadsOut(path)) {
            throw new IllegalArgumentException(
                    "Bad path of a page: expected one that begins with '/', has no '.' or '..' in it, and at most %d characters"
                            .formatted(LONGEST));
        }
    }

    private static boolean leadsOut(String path) {
        String plain = URLDecoder.decode(path.split("[?#]", 2)[0].replace("+", "%2B"), StandardCharsets.UTF_8);
        for (String part : plain.split("[/\\\\]")) {
            if (part.equals(".") || part.equals("..")) {
                return true;
            }
        }
        return plain.chars().anyMatch(Character::isISOControl);
    }
}
