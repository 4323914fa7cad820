package dev.switchboard.export;

import dev.switchboard.framing.Framing;
import dev.switchboard.history.EventFilter;
import dev.switchboard.history.History;
import dev.switchboard.history.Import;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.pcapng.CaptureReader;
import dev.switchboard.pcapng.DamagedCaptureException;
import dev.switchboard.traffic.EndpointNames;
import dev.switchboard.traffic.UtcMicros;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes captures and our own NDJSON into history, as they come, holding little: all of one, or nothing. What is damaged
 * further on is taken in up to there. Any thread may call.
 */
@Component
class Importer {

    private static final int BUFFER = 1 << 16;
    /** Enough to see past white space. */
    private static final int PEEKED = 64;

    /** Small files may be all but empty of payload; then what there is room for says nothing. */
    private static final long ANYWAY = 64 << 20;

    /** Names like those we give; with numbers that we may come to. */
    private static final Pattern GENERATED = Pattern.compile("import-(\\d{1,6})");

    private final History history;
    private final JsonMapper mapper;
    private final ObjectProvider<EndpointNames> live;
    /** Names of imports that are under way. */
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    /** No name is made with a smaller number. */
    private final AtomicInteger firstUnused = new AtomicInteger();

    Importer(History history, JsonMapper mapper, ObjectProvider<EndpointNames> live) {
        this.history = history;
        this.mapper = mapper;
        this.live = live;
    }

    /** What can be taken in. */
    enum Format {
        PCAP,
        PCAPNG,
        NDJSON;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How many bytes of a file are read at the most, compressed or not. */
    long mostBytes() {
        return Math.max(ANYWAY, history.maxBytes());
    }

    /**
     * Reads all there is.
     *
     * @param name null for {@code import-} and the number of this import, which no other has
     * @param expected null if the bytes shall tell
     * @throws BoundedInput.OverException if there is more than {@link #mostBytes()}
     */
    ImportedView take(@Nullable String name, Framing framing, @Nullable Format expected, InputStream body)
            throws IOException, UnreadableImportException, TakenNameException, ImportTooLargeException {
        Claims claims = new Claims();
        try (Import target = history.beginImport()) {
            String chosen = name == null ? unusedName(target) : name;
            notAgain(chosen);
            BoundedInput raw = new BoundedInput(body, mostBytes());
            ImportedView view = new Taking(chosen, framing, claims, new Intake(target)).take(raw, expected);
            target.commit();
            return view;
        } finally {
            claims.release();
        }
    }

    /** With the number of the import, unless a name was made with it before, or somebody has given it to something. */
    private String unusedName(Import target) {
        while (true) {
            int number = firstUnused.updateAndGet(next -> Math.max(next, target.number()) + 1) - 1;
            String name = "import-" + number;
            if (!claimed.contains(name) && !known(name)) {
                return name;
            }
        }
    }

    /** Endpoints within a file may have names made of this one, so that it shall not be given to another. */
    private void notAgain(String name) {
        Matcher alike = GENERATED.matcher(name);
        if (alike.matches()) {
            firstUnused.accumulateAndGet(Integer.parseInt(alike.group(1)) + 1, Math::max);
        }
    }

    /** The names that one import has, so that no two have one. */
    private final class Claims {

        private final Set<String> mine = new HashSet<>();

        private void claim(String endpoint) throws TakenNameException {
            if (mine.contains(endpoint)) {
                return;
            }
            if (!claimed.add(endpoint)) {
                throw new TakenNameException("an import under the name '" + endpoint
                        + "' is under way: wait for it, or choose another name");
            }
            mine.add(endpoint);
            if (known(endpoint)) {
                throw new TakenNameException("there is traffic of an endpoint '" + endpoint
                        + "' already, or an endpoint of that name: choose another name, or forget an earlier import with"
                        + " DELETE /api/messages?endpoint=" + endpoint);
            }
        }

        private void release() {
            claimed.removeAll(mine);
        }
    }

    private boolean known(String endpoint) {
        return live.stream().anyMatch(names -> names.taken(endpoint))
                || !history.messages(new MessageFilter(endpoint, null, null, null, List.of()), Long.MAX_VALUE, 1)
                        .items()
                        .isEmpty()
                || !history.events(new EventFilter(endpoint, null, Long.MIN_VALUE, Long.MAX_VALUE), Long.MAX_VALUE, 1)
                        .items()
                        .isEmpty();
    }

    /** One import under way. */
    private final class Taking {

        private final String name;
        private final Framing framing;
        private final Claims claims;
        private final Intake intake;
        private final List<String> warnings = new ArrayList<>();

        private Taking(String name, Framing framing, Claims claims, Intake intake) {
            this.name = name;
            this.framing = framing;
            this.claims = claims;
            this.intake = intake;
        }

        private ImportedView take(BoundedInput raw, @Nullable Format expected)
                throws IOException, UnreadableImportException, TakenNameException, ImportTooLargeException {
            InputStream in = new BufferedInputStream(raw, BUFFER);
            try {
                in = unzipped(in);
                Format format = recognise(in);
                if (expected != null && expected != format) {
                    throw new UnreadableImportException("format is " + expected.word() + ", and this is "
                            + format.word() + ": leave the parameter out, or send the file that was meant");
                }
                return format == Format.NDJSON ? ndjson(in, raw) : capture(in, raw, format);
            } catch (ZipException | EOFException e) {
                if (raw.failed()) {
                    throw e;
                }
                throw new UnreadableImportException("the compression (gzip) is damaged: " + e.getMessage());
            }
        }

        private InputStream unzipped(InputStream in) throws IOException {
            in.mark(2);
            byte[] magic = in.readNBytes(2);
            in.reset();
            if (magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
                return new BufferedInputStream(new BoundedInput(new GZIPInputStream(in, BUFFER), mostBytes()), BUFFER);
            }
            return in;
        }

        private static Format recognise(InputStream in) throws IOException, UnreadableImportException {
            in.mark(PEEKED);
            byte[] first = in.readNBytes(PEEKED);
            in.reset();
            int at = first.length >= 3 && first[0] == (byte) 0xEF ? 3 : 0;
            while (at < first.length && (first[at] == ' ' || first[at] == '\r' || first[at] == '\n')) {
                at++;
            }
            // The byte order mark of pcapng begins with a line feed as well, and has no brace behind it.
            if (at < first.length && first[at] == '{') {
                return Format.NDJSON;
            }
            if (first.length >= 2 && first[0] == '-' && first[1] == '-') {
                throw new UnreadableImportException("this is a form (multipart): send the file itself, as"
                        + " curl --data-binary @capture.pcapng does");
            }
            return first.length > 0 && first[0] == 0x0A ? Format.PCAPNG : Format.PCAP;
        }

        private ImportedView ndjson(InputStream in, BoundedInput raw)
                throws IOException, UnreadableImportException, TakenNameException, ImportTooLargeException {
            NdjsonImport lines = new NdjsonImport(name, claims::claim, mapper, intake);
            try {
                String torn = lines.read(in);
                if (torn != null) {
                    warnings.add("the end is missing; " + torn);
                }
            } catch (ZipException | EOFException e) {
                damaged(raw, e);
            }
            lines.warn(warnings);
            return view(Format.NDJSON, lines.connections(), 0, 0);
        }

        private ImportedView capture(InputStream in, BoundedInput raw, Format format)
                throws IOException, UnreadableImportException, TakenNameException, ImportTooLargeException {
            claims.claim(name);
            CaptureImport packets = new CaptureImport(name, framing, intake);
            try {
                packets.read(CaptureReader.open(in));
            } catch (DamagedCaptureException e) {
                if (e.offset() == 0 || intake.isEmpty()) {
                    throw new UnreadableImportException("this is no capture that can be read, " + e.getMessage()
                            + ". Send a pcap or pcapng (tcpdump -w, Wireshark), or NDJSON of ours");
                }
                warnings.add("the capture is damaged, and what comes after is left out: " + e.getMessage());
            } catch (ZipException | EOFException e) {
                damaged(raw, e);
            }
            packets.end();
            packets.warn(warnings);
            return view(format, packets.connections(), packets.skippedPackets(), packets.lostBytes());
        }

        private void damaged(BoundedInput raw, IOException e) throws IOException {
            if (raw.failed() || intake.isEmpty()) {
                throw e;
            }
            warnings.add("the compression (gzip) is damaged, and what comes after is left out: " + e.getMessage());
        }

        private ImportedView view(Format format, long connections, long skipped, long lostBytes)
                throws ImportTooLargeException {
            intake.handOnAll();
            CaptureImport.add(
                    warnings,
                    intake.lateTimes(),
                    format == Format.NDJSON ? "line" : "packet",
                    " with a time before that of the one ahead: shown with the time of that");
            boolean empty = intake.isEmpty();
            if (empty) {
                warnings.add("there is no traffic in it that could be taken in");
            }
            return new ImportedView(
                    List.copyOf(intake.endpoints()),
                    format.word(),
                    intake.frames(),
                    intake.bytes(),
                    connections,
                    empty ? null : UtcMicros.format(intake.firstAt()),
                    empty ? null : UtcMicros.format(intake.now()),
                    skipped,
                    intake.gaps(),
                    lostBytes,
                    List.copyOf(warnings));
        }
    }
}
