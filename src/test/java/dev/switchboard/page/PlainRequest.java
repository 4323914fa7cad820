package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it stands in a file: method and target, lines of headers, an empty line, the body. What HTTP itself
 * needs is added; a client of a library would refuse to send some of what can be written so.
 */
record PlainRequest(String method, String target, List<String> headers, byte[] body) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+)");
    private static final Pattern HEADER = Pattern.compile("(Content-Type|Accept|Last-Event-ID|Range): [ -~]*");
    private static final int MAX_HEADERS = 4;
    private static final int TIMEOUT_MILLIS = 30_000;

    /** Null where it is not written so. */
    static PlainRequest read(byte[] text) {
        String all = new String(text, ISO_8859_1);
        int end = all.indexOf("\n\n");
        List<String> head = (end < 0 ? all : all.substring(0, end)).lines().toList();
        Matcher line = head.isEmpty() ? null : LINE.matcher(head.getFirst());
        if (line == null || !line.matches() || !METHODS.contains(line.group(1))) {
            return null;
        }
        List<String> headers = head.stream()
                .skip(1)
                .filter(header -> HEADER.matcher(header).matches())
                .limit(MAX_HEADERS)
                .toList();
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(text, end + 2, text.length);
        return new PlainRequest(line.group(1), line.group(2), headers, body);
    }

    /** Of an answer that is no error only the head is read: some never end. */
    PlainAnswer send(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(
                    (method + " " + target + " HTTP/1.0\r\nHost: localhost:" + port + "\r\n").getBytes(ISO_8859_1));
            for (String header : headers) {
                request.writeBytes((header + "\r\n").getBytes(ISO_8859_1));
            }
            if (body.length > 0 || method.startsWith("P")) {
                request.writeBytes(("Content-Length: " + body.length + "\r\n").getBytes(ISO_8859_1));
            }
            request.writeBytes("\r\n".getBytes(ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            PlainAnswer answer = PlainAnswer.read(socket.getInputStream());
            socket.setSoLinger(true, 0);
            return answer;
        }
    }
}
