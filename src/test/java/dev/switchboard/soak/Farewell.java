package dev.switchboard.soak;

import dev.switchboard.process.Api;
import dev.switchboard.process.SwitchboardProcess;
import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** The end: SIGTERM while callers are served. What was echoed by then is remembered after the next start. */
final class Farewell {

    private static final int CALLERS = 4;
    private static final int BEFORE = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** SIGTERM ends a JVM with 128 + 15, after all was put in order. */
    private static final int ENDED_BY_SIGTERM = 143;

    private Farewell() {}

    /** What a caller sent, and how much of it came back. */
    private static final class Caller {

        private final Frames frames;
        private final String id;
        private final Line line;
        private int echoed;

        private Caller(Field field) throws Exception {
            frames = new Frames(Frames.Wire.LF, field.random());
            line = Line.to(field, "echo-lf");
            id = line.id(field);
        }

        private void goOn(CountDownLatch goingOn) {
            try (line) {
                while (true) {
                    byte[] sent = frames.next(10);
                    line.send(sent).expect(sent);
                    echoed = frames.count();
                    goingOn.countDown();
                }
            } catch (IOException | Wrong hungUp) {
                goingOn.countDown();
            }
        }
    }

    static void say(SwitchboardProcess running, Field field, Path work, String... properties) throws Exception {
        List<Caller> callers = new ArrayList<>();
        List<Thread> calling = new ArrayList<>();
        CountDownLatch goingOn = new CountDownLatch(CALLERS * BEFORE);
        for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller(field);
            callers.add(caller);
            calling.add(Thread.ofVirtual().start(() -> caller.goOn(goingOn)));
        }
        goingOn.await();
        running.terminate();
        Wrong.unless(running.exitsWithin(PATIENCE), "the process did not end within %s of a SIGTERM", PATIENCE);
        Wrong.unless(
                running.exitCode() == ENDED_BY_SIGTERM, "a SIGTERM ended it with exit code %d", running.exitCode());
        for (Thread thread : calling) {
            thread.join();
        }
        try (SwitchboardProcess again = SwitchboardProcess.start(work, properties);
                Api api = new Api(again.url(), Soak.TOKEN, new LongAdder(), null)) {
            Wrong.unless(
                    api.get("/api/history").path("lastRun").isNull(),
                    "an end in order was taken for another: %s",
                    api.get("/api/history"));
            for (Caller caller : callers) {
                caller.frames.survived(api, caller.id, "in", caller.echoed);
                caller.frames.survived(api, caller.id, "out", caller.echoed);
                field.tally().checked.add(caller.echoed);
            }
        }
    }
}
