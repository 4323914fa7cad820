/** Switchboard in a process of its own, and what only such a one can go through: faults of the system below it. */
@NullMarked
package dev.switchboard.process;

import org.jspecify.annotations.NullMarked;
