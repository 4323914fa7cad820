/**
 * Measures the sockets against other servers, and their parts alone. No part of the product; see docs/benchmarks.md.
 */
@NullMarked
package dev.switchboard.bench;

import org.jspecify.annotations.NullMarked;
