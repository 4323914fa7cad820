package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/** An HTTP client that says exactly what it is told to: others decide about Host and Origin themselves. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** Asks as a browser on this machine would. */
    Response get(String path, String... headers) throws IOException {
        return request("GET", path, "localhost:" + port, headers);
    }

    Response request(String method, String path, String host, String... headers) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (method.equals("POST") ? "Content-Length: 0\r\n" : "");
        return send(head + lines(headers) + "Connection: close\r\n\r\n");
    }

    /** The handshake of RFC 6455 section 4.1; answers as soon as there is an answer's head. */
    Response webSocket(String path, String host, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + lines(headers)
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    private static String lines(String... headers) {
        return String.join(
                "", Arrays.stream(headers).map(header -> header + "\r\n").toList());
    }

    Response send(String request) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String head = head(socket.getInputStream());
            Response response = new Response(Integer.parseInt(head.split(" ")[1]), head, "");
            return response.status() == 101 ? response : response.withBody(body(response, socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(Response response, InputStream in) throws IOException {
        int length = response.header("Content-Length").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        return new String(in.readNBytes(length), UTF_8);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("The answer ended within its head: " + head.toString(ISO_8859_1));
            }
            head.write(octet);
        }
        return head.toString(ISO_8859_1);
    }

    record Response(int status, String head, String body) {

        Response withBody(String read) {
            return new Response(status, head, read);
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst();
        }

        /** What a browser would send back. */
        String cookie() {
            return "Cookie: " + header("Set-Cookie").orElseThrow().split(";")[0];
        }
    }
}
