/**
 * Switchboard: raw TCP and UDP sockets, made visible and drivable. Each sub-package is a room; its sign says what it is
 * for.
 */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
