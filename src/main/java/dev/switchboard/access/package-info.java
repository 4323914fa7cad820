/**
 * Who may use this process: which hosts and origins may ask.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.switchboard.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
