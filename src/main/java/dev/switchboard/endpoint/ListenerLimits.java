package dev.switchboard.endpoint;

/**
 * How many may come in through a listener, and how fast.
 *
 * @param backlog connections that may wait to be accepted; the kernel has its own bound
 * @param connections open ones of this listener
 * @param connectionsInAll open ones of all listeners
 * @param acceptsPerSecond of this listener
 */
record ListenerLimits(int backlog, int connections, int connectionsInAll, int acceptsPerSecond) {}
