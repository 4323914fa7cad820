package dev.switchboard.endpoint;

import dev.switchboard.traffic.Outgoing;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A frame we sent, and what its sender was told. */
final class Submission implements Outgoing.Receipt {

    private final byte[] payload;
    private final int wireLength;
    private final AtomicInteger told = new AtomicInteger();
    private volatile long messageId;
    private volatile int wireBytes;
    private volatile @Nullable Exception failure;

    Submission(byte[] payload, int wireLength) {
        this.payload = payload;
        this.wireLength = wireLength;
    }

    @Override
    public void sent(long id, int bytes) {
        messageId = id;
        wireBytes = bytes;
        told.incrementAndGet();
    }

    @Override
    public void failed(Exception reason) {
        failure = reason;
        told.incrementAndGet();
    }

    byte[] payload() {
        return payload;
    }

    int wireLength() {
        return wireLength;
    }

    int told() {
        return told.get();
    }

    boolean wasSent() {
        return told.get() > 0 && failure == null;
    }

    @Nullable
    Exception failure() {
        return failure;
    }

    long messageId() {
        return messageId;
    }

    int wireBytes() {
        return wireBytes;
    }
}
