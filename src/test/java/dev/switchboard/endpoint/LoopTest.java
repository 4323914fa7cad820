package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTest {

    private final Loop loop = new Loop("loop-under-test");

    @AfterEach
    void end() {
        loop.close();
    }

    private <T> T on(java.util.concurrent.Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test
    void runsTasksOfOneThreadInOrderAndAllOfThem() throws Exception {
        int threads = 4;
        int each = 5_000;
        List<List<Integer>> seen = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            List<Integer> mine = new ArrayList<>();
            seen.add(mine);
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    loop.execute(() -> {
                        mine.add(number);
                        all.countDown();
                    });
                }
            });
        }
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).allSatisfy(mine -> assertThat(mine).hasSize(each).isSorted());
    }

    @Test
    void aTaskMayHandOverAnother() throws Exception {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        loop.execute(() -> loop.execute(() -> later.complete(loop.inLoop())));
        assertThat(later.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void whatFailsFailsAlone() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("a task");
        });
        loop.execute(() -> {
            throw new StackOverflowError("worse");
        });
        loop.execute(() -> loop.after(Duration.ZERO, () -> {
            throw new AssertionError("a timer");
        }));
        assertThat(on(() -> "alive")).isEqualTo("alive");
    }

    @Test
    void runsTimersInTheOrderOfTheirTimesUnlessCancelled() throws Exception {
        List<String> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            loop.after(Duration.ofMillis(60), () -> {
                order.add("last");
                done.countDown();
            });
            loop.after(Duration.ofMillis(20), () -> order.add("second"));
            Loop.Timer never = loop.after(Duration.ofMillis(10), () -> order.add("never"));
            loop.after(Duration.ZERO, () -> order.add("first"));
            loop.cancel(never);
            loop.cancel(never);
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("first", "second", "last");
    }

    @Test
    void aTimerMayCancelAnotherThatIsDue() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            Loop.Timer[] other = new Loop.Timer[1];
            loop.after(Duration.ZERO, () -> {
                ran.add("first");
                loop.cancel(other[0]);
            });
            other[0] = loop.after(Duration.ZERO, () -> ran.add("second"));
            loop.after(Duration.ofMillis(1), done::countDown);
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        // Of two that are due at once either may be the first; it may not be both in any case.
        assertThat(ran).contains("first").hasSizeLessThanOrEqualTo(2);
    }

    /** A port is free again only when the kernel has closed the socket, which a selector puts off. */
    @Test
    void tellsWhenTheKernelHasClosedASocket() throws Exception {
        for (int round = 0; round < 50; round++) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            on(() -> loop.register(server, SelectionKey.OP_ACCEPT, nobody()));
            CompletableFuture<Void> settled = new CompletableFuture<>();
            on(() -> {
                server.close();
                loop.whenSettled(() -> settled.complete(null));
                return null;
            });
            settled.get(20, TimeUnit.SECONDS);
            try (ServerSocketChannel again = ServerSocketChannel.open()) {
                again.bind(address);
            }
        }
    }

    @Test
    void aSocketThatFailsIsToldAndTheOthersGoOn() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            for (Throwable thrown : List.of(
                    new IOException("io"), new IllegalStateException("state"), new NoClassDefFoundError("class"))) {
                try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                        SocketChannel accepted = server.accept()) {
                    CompletableFuture<Exception> failed = new CompletableFuture<>();
                    on(() -> loop.register(accepted, SelectionKey.OP_READ, new Loop.Ready() {
                        @Override
                        public void ready(SelectionKey key) throws IOException {
                            switch (thrown) {
                                case IOException io -> throw io;
                                case RuntimeException state -> throw state;
                                default -> throw (Error) thrown;
                            }
                        }

                        @Override
                        public void failed(Exception reason) {
                            try {
                                accepted.close();
                            } catch (IOException e) {
                                reason.addSuppressed(e);
                            }
                            failed.complete(reason);
                        }
                    }));
                    client.write(ByteBuffer.wrap(new byte[] {1}));
                    assertThat(failed.get(20, TimeUnit.SECONDS).getMessage()).contains(thrown.getMessage());
                }
            }
        }
    }

    @Test
    void closesWhatIsRegisteredWhenItEndsAndLeavesNobodyWaiting() throws Exception {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        on(() -> loop.register(server, SelectionKey.OP_ACCEPT, nobody()));
        loop.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> !server.isOpen());
        CompletableFuture<String> late = new CompletableFuture<>();
        loop.execute(() -> late.complete("ran"));
        assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("ran");
        CompletableFuture<String> settled = new CompletableFuture<>();
        loop.execute(() -> loop.whenSettled(() -> settled.complete("settled")));
        assertThat(settled.get(20, TimeUnit.SECONDS)).isEqualTo("settled");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("loop-under-test")));
    }

    private static Loop.Ready nobody() {
        return new Loop.Ready() {
            @Override
            public void ready(SelectionKey key) {}

            @Override
            public void failed(Exception reason) {}
        };
    }
}
