/** The HTML shell, the import map, and problem+json for all. May use any room; no room uses it. */
@ApplicationModule
@NullMarked
package dev.switchboard.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
