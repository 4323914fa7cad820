/** Carries traffic out and in: pcapng, NDJSON, CSV. */
@ApplicationModule(allowedDependencies = {"history", "pcapng", "traffic", "framing"})
@NullMarked
package dev.switchboard.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
