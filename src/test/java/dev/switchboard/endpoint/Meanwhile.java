package dev.switchboard.endpoint;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Something done by another thread; each has one of its own, since most of them block. */
final class Meanwhile {

    private Meanwhile() {}

    /** What may fail. */
    interface Action {
        void run() throws Exception;
    }

    static <T> CompletableFuture<T> ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(question.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    static CompletableFuture<Void> run(Action action) {
        return ask(() -> {
            action.run();
            return null;
        });
    }
}
