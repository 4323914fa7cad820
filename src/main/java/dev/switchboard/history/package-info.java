/** Remembers and finds traffic. */
@ApplicationModule(allowedDependencies = {"framing", "pcapng", "traffic"})
@NullMarked
package dev.switchboard.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
