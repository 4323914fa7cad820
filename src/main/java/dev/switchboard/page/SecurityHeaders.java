package dev.switchboard.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says on every response what a browser may do with it (CSP level 3): scripts and styles come from this server alone,
 * nothing is inline but the import map, and no other site may frame the page.
 */
final class SecurityHeaders extends OncePerRequestFilter {

    private static final String COMMON =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ";

    private final Page page;

    SecurityHeaders(Page page) {
        this.page = page;
    }

    /** Ahead of all other filters. */
    static FilterRegistrationBean<SecurityHeaders> first(Page page) {
        FilterRegistrationBean<SecurityHeaders> registration = new FilterRegistrationBean<>(new SecurityHeaders(page));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", policyFor(request));
        common(response);
        chain.doFilter(request, response);
    }

    /** For answers that are no pages, where this filter was not asked. */
    static void ofData(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        common(response);
    }

    private static void common(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
    }

    private String policyFor(HttpServletRequest request) {
        // Swagger UI styles its elements inline and draws with data: images; its scripts are files like ours.
        if (request.getRequestURI().startsWith(request.getContextPath() + "/swagger-ui/")) {
            return COMMON + "script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
        }
        return COMMON + "script-src 'self' " + page.importMapSource() + "; style-src 'self'";
    }
}
