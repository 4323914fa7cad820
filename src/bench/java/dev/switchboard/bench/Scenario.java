package dev.switchboard.bench;

/** A way of loading an echo server. */
enum Scenario {
    PING_PONG_1("ping-pong-1", "Ping-pong, 1 connection", 1, 1),
    PING_PONG_64("ping-pong-64", "Ping-pong, 64 connections", 64, 1),
    PIPELINED("pipelined", "Pipelined, 64 connections, 32 lines under way on each", 64, 32);

    final String option;
    final String title;
    final int connections;
    final int window;

    Scenario(String option, String title, int connections, int window) {
        this.option = option;
        this.title = title;
        this.connections = connections;
        this.window = window;
    }

    /** Whether a server with a process for each connection takes part. */
    boolean bearsForks() {
        return this != PIPELINED;
    }
}
