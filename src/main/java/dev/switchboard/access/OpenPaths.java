package dev.switchboard.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What needs neither host nor token: reading health alone, for whoever watches the process from outside knows neither.
 */
final class OpenPaths implements RequestMatcher {

    private final Set<String> paths;

    /** @param actuator the path of actuator within the context path */
    OpenPaths(String actuator) {
        String health = actuator + "/health";
        paths = Set.of(health, health + "/liveness", health + "/readiness");
    }

    /** The raw path is compared, so that no two readings of one path can differ. */
    @Override
    public boolean matches(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        return SameOrigin.isSafe(request)
                && path.startsWith(context)
                && paths.contains(path.substring(context.length()));
    }
}
