package dev.switchboard.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what is asked of no URI (RFC 3986). Tomcat lets a path pass that has half an escape behind a semicolon, on
 * which others fail; and of a WebSocket any query, on which it fails itself. What is wrong with other queries is told
 * better by who reads them.
 */
final class ReadableAddress extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String query = path.startsWith(request.getContextPath() + "/ws/") ? request.getQueryString() : null;
        try {
            new URI(query == null ? path : path + "?" + query);
        } catch (URISyntaxException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        chain.doFilter(request, response);
    }
}
