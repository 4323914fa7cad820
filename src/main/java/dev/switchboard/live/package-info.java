/** Carries traffic to browsers and streams, as it happens. */
@ApplicationModule(allowedDependencies = {"framing", "history", "traffic"})
@NullMarked
package dev.switchboard.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
