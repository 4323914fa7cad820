package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What came back: the head, and of an error the body. */
record PlainAnswer(int status, String head, byte[] body) {

    static PlainAnswer read(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the answer ended within its head: " + head.toString(ISO_8859_1));
            }
            head.write(octet);
        }
        String text = head.toString(ISO_8859_1);
        int status = Integer.parseInt(text.split(" ")[1]);
        return new PlainAnswer(status, text, status < 400 ? new byte[0] : in.readAllBytes());
    }

    String text() {
        return new String(body, UTF_8);
    }

    /** Empty where there is none; in lower case. */
    String header(String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim().toLowerCase(java.util.Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
