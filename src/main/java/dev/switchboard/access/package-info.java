/** Who may use this process (token, hosts and origins), and where its sockets may reach. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.switchboard.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
