package dev.muster.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept HTTP/1.1 connection with as little work of its own as possible: the machine belongs to the service. */
final class HttpConnection implements AutoCloseable {
    /** An answer; {@code body} is text. */
    record Answer(int status, String body) {
        Answer expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("Status %d, expected %d: %s".formatted(status, wanted, body));
            }
            return this;
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final String fixed;

    HttpConnection(URI server, String token) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        fixed = "Host: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                .formatted(server.getHost(), server.getPort(), token);
    }

    Answer call(String method, String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = "%s %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, fixed, content.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        socket.getOutputStream().write(all);
        return answer();
    }

    /** Asks for a stream, whose lines are then read one by one. */
    void open(String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\n%sAccept: text/event-stream\r\n\r\n"
                        .formatted(path, fixed)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.append(text(length));
            line();
        }
        line();
        return body.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The service closed the connection in the middle of an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The service closed the connection before the answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
