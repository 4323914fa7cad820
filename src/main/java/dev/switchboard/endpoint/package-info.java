/** Opens sockets, sends and receives. The only room that touches {@code spring-integration-ip}. */
@ApplicationModule(allowedDependencies = {"framing", "traffic", "access"})
@NullMarked
package dev.switchboard.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
