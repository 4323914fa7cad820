package dev.switchboard.endpoint;

import dev.switchboard.traffic.Frame;

/**
 * Acts on frames and may take its time: it may block, look things up, or send and wait. {@link OffLoop} calls it on
 * virtual threads, never twice at once for one connection, with the frames of each connection in their order.
 */
@FunctionalInterface
public interface FrameHandler {

    /** What it throws is logged, and it is given the next frame. */
    void frame(Frame frame) throws Exception;
}
