package dev.switchboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.switchboard.history.MessageFilter;
import dev.switchboard.live.BatchPress.Printed;
import dev.switchboard.live.BatchPress.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchPressTest {

    private final BatchPress press = new BatchPress();

    @Test
    void manyWhoWantTheSameAtOnceAreGivenWhatOneOfThemMade() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch allAsk = new CountDownLatch(100);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Printed>> given = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                given.add(threads.submit(() -> {
                    allAsk.countDown();
                    return press.get(new Wanted(MessageFilter.ALL, 7), () -> {
                        allAsk.await();
                        return new Printed(8, "number " + made.incrementAndGet());
                    });
                }));
            }
            for (Future<Printed> one : given) {
                assertThat(one.get().to()).isEqualTo(8);
            }
        }
        // A machine that stands still for longer than a tick has it made once more, and no more often than that.
        assertThat(made.get()).isBetween(1, 10);
    }

    @Test
    void whoWantsSomethingElseIsGivenThat() throws Exception {
        press.get(new Wanted(MessageFilter.ALL, 7), () -> new Printed(8, "from 7"));
        assertThat(press.get(new Wanted(MessageFilter.ALL, 8), () -> new Printed(9, "from 8")))
                .isEqualTo(new Printed(9, "from 8"));
    }

    @Test
    void whatFailedForOneIsTriedByTheNext() throws Exception {
        Wanted wanted = new Wanted(MessageFilter.ALL, 7);
        assertThatIllegalStateException()
                .isThrownBy(() -> press.get(wanted, () -> {
                    throw new IllegalStateException("no");
                }))
                .withMessage("no");
        assertThat(press.get(wanted, () -> new Printed(8, "yes")).text()).isEqualTo("yes");
    }
}
