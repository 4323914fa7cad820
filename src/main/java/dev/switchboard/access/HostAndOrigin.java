package dev.switchboard.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Looks at where a request was sent to and which page it comes from, before anybody looks at who asks. */
final class HostAndOrigin extends OncePerRequestFilter {

    private final OpenPaths open;
    private final AllowedHosts hosts;
    private final Refusals refusals;

    HostAndOrigin(OpenPaths open, AllowedHosts hosts, Refusals refusals) {
        this.open = open;
        this.hosts = hosts;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> refusal =
                hosts.refusal(request.getHeader(HttpHeaders.HOST)).or(() -> SameOrigin.refusal(request));
        if (refusal.isPresent()) {
            refusals.answer(response, HttpStatus.FORBIDDEN, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }
}
