/** Carries traffic out and in: pcapng, NDJSON, CSV. */
@ApplicationModule(allowedDependencies = {"framing", "history", "pcapng", "traffic"})
@NullMarked
package dev.switchboard.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
