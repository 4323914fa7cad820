/** What crossed the wire, and the channel that carries it. */
@ApplicationModule(allowedDependencies = {"framing"})
@NullMarked
package dev.switchboard.traffic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
