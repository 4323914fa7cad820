package dev.switchboard.traffic;

/** One direction of one connection. One object each, shared by all chunks that went that way. */
public record Way(ConnectionKey connection, Direction direction) {}
