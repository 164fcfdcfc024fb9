package dev.muster.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes to the service and back, as no HTTP client would send them. */
final class Wire {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+)\\r\\n");

    private final URI service;

    Wire(URI service) {
        this.service = service;
    }

    /** One request with its own host and, unless {@code token} is empty, a token; {@code headers} end with a line's end each. */
    String ask(String line, String token, String headers, String body) {
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        return send(line + " HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\nConnection: close\r\n" + authorization
                + headers + "\r\n" + body);
    }

    /** The answer; who refuses a body need not wait for its end. */
    String send(String bytes) {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            StringBuilder answer = new StringBuilder();
            byte[] part = new byte[64 * 1024];
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = isWhole(answer) ? -1 : socket.getInputStream().read(part)) {
                answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True where all of the body is there that the head says the length of. */
    private static boolean isWhole(StringBuilder answer) {
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(answer.substring(0, head + 2));
        return length.find() && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
    }

    static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }
}
