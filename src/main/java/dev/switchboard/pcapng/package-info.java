/** Speaks the capture format, and nothing else. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.switchboard.pcapng;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
