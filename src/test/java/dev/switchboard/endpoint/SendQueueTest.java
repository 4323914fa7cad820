package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.framing.Framed;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing.Receipt;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.Unfinished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

class SendQueueTest {

    private static final ConnectionKey KEY =
            new ConnectionKey("c-1", "e", Transport.TCP, Role.ACCEPTED, "127.0.0.1:1", "127.0.0.1:2", 0);

    private Capture capture;
    private Follower follower;
    private Counters counters;
    private Tally tally;
    private SendQueue queue;
    private List<String> receipts;

    @BeforeTry
    void anew() {
        capture = new Capture(1 << 20, 1 << 12);
        follower = capture.follow();
        counters = new Counters();
        tally = new Tally(counters, 0);
        queue = new SendQueue(KEY, capture, tally, new FrameEnds.Builder());
        receipts = new ArrayList<>();
    }

    /** A kernel that takes as much of each write as it is told, over and over, and then fails if it is told to. */
    private static final class Kernel implements WritableByteChannel {

        private final List<Integer> appetite;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int writes;
        private int failsAfter = Integer.MAX_VALUE;

        Kernel(List<Integer> appetite) {
            this.appetite = appetite;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (writes == failsAfter) {
                throw new IOException("Broken pipe");
            }
            int count = Math.min(source.remaining(), appetite.get(writes++ % appetite.size()));
            byte[] bytes = new byte[count];
            source.get(bytes);
            taken.writeBytes(bytes);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private Receipt receipt(String name) {
        return new Receipt() {
            @Override
            public void sent(long messageId, int wireBytes) {
                receipts.add(name + " sent " + messageId + " " + wireBytes);
            }

            @Override
            public void failed(Exception reason) {
                receipts.add(name + " failed " + reason.getMessage());
            }
        };
    }

    private List<TrafficEvent> captured() {
        try {
            return follower.next(1 << 12, Duration.ZERO, Duration.ZERO).events();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Framed framed(String header, String payload, String trailer) {
        return new Framed((header + payload + trailer).getBytes(ISO_8859_1), header.length(), trailer.length());
    }

    @Provide
    Arbitrary<List<Framed>> frames() {
        Arbitrary<String> framing = Arbitraries.strings().withChars("<>").ofMaxLength(2);
        Arbitrary<String> payload = Arbitraries.strings().withChars("abc").ofMaxLength(20);
        return Combinators.combine(framing, payload, framing)
                .as(SendQueueTest::framed)
                .filter(framed -> framed.wire().length > 0)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> appetites() {
        return Arbitraries.of(0, 1, 2, 3, 7, 1_000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .filter(all -> all.stream().anyMatch(one -> one > 0));
    }

    @Property(tries = 500)
    void whateverTheKernelTakesChunksAndFramesAndReceiptsAgree(
            @ForAll("frames") List<Framed> frames, @ForAll("appetites") List<Integer> appetite) throws IOException {
        Kernel kernel = new Kernel(appetite);
        ByteBuffer buffer = ByteBuffer.allocate(16);
        for (int i = 0; i < frames.size(); i++) {
            Origin origin = i % 3 == 0 ? Origin.RULE : Origin.OPERATOR;
            queue.add(frames.get(i), origin, receipt("#" + i), true);
            if (i % 2 == 0) {
                queue.write(kernel, buffer.clear());
            }
        }
        while (!queue.isEmpty()) {
            queue.write(kernel, buffer.clear());
        }

        List<Chunk> chunks = captured().stream().map(Chunk.class::cast).toList();
        ByteArrayOutputStream wires = new ByteArrayOutputStream();
        frames.forEach(frame -> wires.writeBytes(frame.wire()));
        ByteArrayOutputStream moved = new ByteArrayOutputStream();
        chunks.forEach(chunk -> moved.writeBytes(chunk.bytes()));
        assertThat(moved.toByteArray()).isEqualTo(wires.toByteArray()).isEqualTo(kernel.taken.toByteArray());
        assertThat(chunks).allMatch(chunk -> chunk.direction() == Direction.OUT && chunk.bytes().length > 0);

        List<Frame> seen = new ArrayList<>();
        chunks.forEach(chunk -> {
            for (int i = 0; i < chunk.frames(); i++) {
                seen.add(chunk.frame(i));
            }
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            Framed framed = frames.get(i);
            Frame frame = seen.get(i);
            byte[] payload =
                    Arrays.copyOfRange(framed.wire(), framed.header(), framed.wire().length - framed.trailer());
            assertThat(frame.payload()).isEqualTo(payload);
            assertThat(frame.wireBytes()).isEqualTo(framed.wire().length);
            assertThat(frame.origin()).isEqualTo(i % 3 == 0 ? Origin.RULE : Origin.OPERATOR);
            expected.add("#" + i + " sent " + frame.id() + " " + framed.wire().length);
        }
        assertThat(seen).hasSameSizeAs(frames);
        assertThat(receipts).isEqualTo(expected);
        assertThat(queue.weight()).isZero();
        assertThat(tally.bytesOut()).isEqualTo(wires.size());
        assertThat(tally.framesOut()).isEqualTo(frames.size());
        assertThat(counters.bytesOut.sum()).isEqualTo(wires.size());
    }

    @Property(tries = 200)
    void whereverItBreaksOffEachSenderIsToldOnceAndTheBegunFrameIsTakenDown(
            @ForAll("frames") List<Framed> frames, @ForAll("appetites") List<Integer> appetite, @ForAll byte after)
            throws IOException {
        Kernel kernel = new Kernel(appetite);
        kernel.failsAfter = Math.floorMod(after, 8);
        for (int i = 0; i < frames.size(); i++) {
            queue.add(frames.get(i), Origin.OPERATOR, receipt("#" + i), true);
        }
        assertThatThrownBy(() -> {
                    while (!queue.isEmpty()) {
                        queue.write(kernel, ByteBuffer.allocate(8));
                    }
                    queue.write(kernel, ByteBuffer.allocate(8));
                    throw new IOException("all was sent");
                })
                .isInstanceOf(IOException.class);
        queue.abandon(new IOException("it ended"));

        int taken = kernel.taken.size();
        List<String> outcomes = new ArrayList<>();
        int end = 0;
        byte[] begun = null;
        for (int i = 0; i < frames.size(); i++) {
            int start = end;
            end += frames.get(i).wire().length;
            outcomes.add("#" + i + (end <= taken ? " sent" : " failed"));
            if (start < taken && taken < end) {
                begun = Arrays.copyOf(frames.get(i).wire(), taken - start);
            }
        }
        assertThat(receipts.stream().map(line -> line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1))))
                .isEqualTo(outcomes);
        List<byte[]> unfinished = captured().stream()
                .filter(Unfinished.class::isInstance)
                .map(event -> ((Unfinished) event).wire())
                .toList();
        if (begun == null) {
            assertThat(unfinished).isEmpty();
        } else {
            assertThat(unfinished).hasSize(1);
            assertThat(unfinished.getFirst()).isEqualTo(begun);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Example
    void whoGetsAReceiptMaySendAgainAndIsReceiptedOnceToo() throws IOException {
        Kernel kernel = new Kernel(List.of(1_000));
        queue.add(
                framed("", "one", ""),
                Origin.OPERATOR,
                new Receipt() {
                    @Override
                    public void sent(long messageId, int wireBytes) {
                        receipts.add("one");
                        queue.add(framed("", "two", ""), Origin.OPERATOR, receipt("two"), true);
                        try {
                            queue.write(kernel, ByteBuffer.allocate(16));
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    @Override
                    public void failed(Exception reason) {
                        receipts.add("one failed");
                    }
                },
                true);
        queue.add(framed("", "tre", ""), Origin.OPERATOR, receipt("tre"), true);
        queue.write(kernel, ByteBuffer.allocate(16));
        assertThat(receipts.stream().map(line -> line.split(" ")[0])).containsExactly("one", "two", "tre");
        assertThat(kernel.taken.toString(ISO_8859_1)).isEqualTo("onetretwo");
    }

    @Example
    void offersMoreOnlyWhenAllWasTaken() throws IOException {
        queue.add(framed("", "abcdef", ""), Origin.OPERATOR, Receipt.NONE, true);
        Kernel kernel = new Kernel(List.of(2, 0, 4));
        assertThat(queue.write(kernel, ByteBuffer.allocate(16))).isFalse();
        assertThat(queue.write(kernel, ByteBuffer.allocate(16))).isFalse();
        assertThat(queue.write(kernel, ByteBuffer.allocate(16))).isTrue();
        assertThat(captured()).hasSize(2);
    }

    /** Where frames stand in one array is nobody's business: answers may be slices of what came in. */
    @Property(tries = 500)
    void framesThatWaitInOneArrayAreSentAndTakenDownAsThoughEachHadItsOwn(
            @ForAll("frames") List<Framed> frames,
            @ForAll("appetites") List<Integer> appetite,
            @ForAll int apart,
            @ForAll int wants)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.wire()));
        byte[] array = all.toByteArray();
        List<String> expected = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < frames.size(); i++) {
            Framed framed = frames.get(i);
            int to = from + framed.wire().length;
            boolean wanted = (wants >> i & 1) == 1;
            Receipt receipt = wanted ? receipt("#" + i) : Receipt.NONE;
            boolean admitted = i < 2;
            if ((apart >> i & 1) == 1) {
                queue.add(framed, Origin.RULE, receipt, admitted);
            } else {
                queue.add(array, from, to, framed.header(), framed.trailer(), Origin.RULE, receipt, admitted);
            }
            if (wanted) {
                expected.add("#" + i);
            }
            from = to;
        }
        assertThat(queue.weight()).isEqualTo(array.length + (long) frames.size() * SendQueue.FRAME_COST);
        Kernel kernel = new Kernel(appetite);
        while (!queue.isEmpty()) {
            queue.write(kernel, ByteBuffer.allocate(24));
        }
        assertThat(kernel.taken.toByteArray()).isEqualTo(array);
        List<Frame> seen = new ArrayList<>();
        for (TrafficEvent chunk : captured()) {
            for (int i = 0; i < chunk.frames(); i++) {
                seen.add(chunk.frame(i));
            }
        }
        assertThat(seen.stream().map(frame -> new String(frame.payload(), ISO_8859_1)))
                .isEqualTo(frames.stream()
                        .map(framed -> new String(
                                framed.wire(),
                                framed.header(),
                                framed.wire().length - framed.header() - framed.trailer(),
                                ISO_8859_1))
                        .toList());
        assertThat(receipts.stream().map(line -> line.split(" ")[0])).isEqualTo(expected);
        assertThat(queue.weight()).isZero();
        assertThat(queue.unadmittedWeight()).isZero();
    }

    @Example
    void anAnswerOfAllThatCameSharesItsBytes() throws IOException {
        byte[] array = "one\ntwo\n".getBytes(ISO_8859_1);
        queue.add(array, 0, 4, 0, 1, Origin.RULE, Receipt.NONE, false);
        queue.add(array, 4, 8, 0, 1, Origin.RULE, Receipt.NONE, false);
        assertThat(queue.write(new Kernel(List.of(1_000)), ByteBuffer.allocate(16)))
                .isTrue();
        Chunk chunk = (Chunk) captured().getFirst();
        assertThat(chunk.bytes()).isSameAs(array);
        assertThat(chunk.frames()).isEqualTo(2);
    }
}
