package dev.switchboard.export;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.UtcMicros;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) with a header, one row a message, one a gap.
 *
 * <p>A spreadsheet takes a cell that begins with {@code = + - @}, a tab or a carriage return for a formula, and a peer
 * decides what is in a payload. So such a cell gets an apostrophe in front, and so does one that begins with an
 * apostrophe: who reads the file takes one leading apostrophe away and has what was there.
 */
final class CsvExport implements ExportFormat {

    static final List<String> HEADER = List.of(
            "event",
            "id",
            "at",
            "endpoint",
            "connection",
            "transport",
            "direction",
            "origin",
            "local",
            "remote",
            "bytes",
            "wireBytes",
            "complete",
            "payload",
            "encoding",
            "missed");

    private static final String LINE_END = "\r\n";

    private final Writer out;
    private final PayloadEncoding encoding;

    CsvExport(Writer out, PayloadEncoding encoding) throws IOException {
        this.out = out;
        this.encoding = encoding;
        out.write(String.join(",", HEADER));
        out.write(LINE_END);
    }

    @Override
    public void messages(TrafficEvent event, List<Frame> frames, boolean whole) throws IOException {
        for (Frame frame : frames) {
            MessageView message = MessageView.of(frame, encoding);
            out.write("message,");
            cell(message.id());
            cell(message.at());
            cell(message.endpoint());
            cell(message.connection());
            cell(message.transport());
            cell(message.direction());
            cell(message.origin());
            cell(message.local());
            cell(message.remote());
            cell(Integer.toString(message.bytes()));
            cell(Integer.toString(message.wireBytes()));
            cell(Boolean.toString(message.complete()));
            cell(message.payload());
            cell(message.encoding());
            out.write(LINE_END);
        }
    }

    @Override
    public void lifeCycle(LifeCycle event) {
        // No row has columns for it.
    }

    @Override
    public void gap(Gap gap) throws IOException {
        out.write("gap,");
        cell(Long.toString(gap.id()));
        cell(UtcMicros.format(gap.at()));
        cell(gap.endpoint());
        out.write(",".repeat(HEADER.size() - 5));
        out.write(Long.toString(gap.missed()));
        out.write(LINE_END);
    }

    private void cell(String text) throws IOException {
        boolean formula = !text.isEmpty() && "=+-@\t\r'".indexOf(text.charAt(0)) >= 0;
        if (needsQuotes(text)) {
            out.write('"');
            out.write(formula ? "'" : "");
            out.write(text.replace("\"", "\"\""));
            out.write('"');
        } else {
            out.write(formula ? "'" : "");
            out.write(text);
        }
        out.write(',');
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void step() {
        // The writer's buffer hands on.
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
