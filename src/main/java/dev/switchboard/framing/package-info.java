/** Cuts streams into frames; turns text and hex into bytes and back. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.switchboard.framing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
