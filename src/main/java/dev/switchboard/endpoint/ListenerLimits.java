package dev.switchboard.endpoint;

/**
 * How many may come in through a listener, and how fast.
 *
 * @param backlog connections that may wait to be accepted; the kernel has its own bound
 * @param connections open ones of this listener
 * @param connectionsInAll open ones of all listeners
 * @param inAllBecause what it is that allows for no more, as the end of a sentence
 * @param acceptsPerSecond of this listener
 */
record ListenerLimits(int backlog, int connections, int connectionsInAll, String inAllBecause, int acceptsPerSecond) {}
