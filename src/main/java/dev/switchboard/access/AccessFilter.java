package dev.switchboard.access;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The front door: each HTTP request passes here before anything else sees it, WebSocket handshakes and actuator
 * endpoints too. Checks the host it was sent to, the origin it comes from, and the token, in this order. Health alone
 * is open to all, for whoever watches the process from outside knows neither.
 */
final class AccessFilter implements Filter {

    private final Set<String> open;
    private final AllowedHosts hosts;
    private final @Nullable Credentials credentials;
    private final WrongTries tries = new WrongTries(System::nanoTime);
    private final JsonMapper json;

    /**
     * @param open paths, within the context path, that need neither host nor token
     * @param credentials what to ask for, null when nothing is needed
     */
    AccessFilter(Set<String> open, AllowedHosts hosts, @Nullable Credentials credentials, JsonMapper json) {
        this.open = open;
        this.hosts = hosts;
        this.credentials = credentials;
        this.json = json;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (admits((HttpServletRequest) request, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    /** Or else has answered. */
    private boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isOpen(request)) {
            return true;
        }
        Optional<String> refusal =
                hosts.refusal(request.getHeader(HttpHeaders.HOST)).or(() -> SameOrigin.refusal(request));
        if (refusal.isPresent()) {
            answer(response, HttpStatus.FORBIDDEN, refusal.get());
            return false;
        }
        return credentials == null || admits(request, response, credentials);
    }

    private boolean admits(HttpServletRequest request, HttpServletResponse response, Credentials credentials)
            throws IOException {
        boolean known = credentials.areInCookieOf(request);
        boolean guesses = !known && Credentials.arePresented(request);
        if (guesses) {
            Duration pause = tries.pause(request.getRemoteAddr());
            if (pause.isPositive()) {
                long seconds = 1 + pause.toSeconds();
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                answer(
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many wrong tokens came from your address. Try again in " + seconds + " s.");
                return false;
            }
        }
        if (credentials.areInAddressOf(request)) {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(
                    HttpHeaders.SET_COOKIE, credentials.cookieFor(request).toString());
            response.setHeader(HttpHeaders.LOCATION, Credentials.addressWithoutToken(request));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("Referrer-Policy", "no-referrer");
            return false;
        }
        if (known || credentials.areInHeaderOf(request)) {
            return true;
        }
        if (guesses) {
            tries.failed(request.getRemoteAddr());
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        answer(
                response,
                HttpStatus.UNAUTHORIZED,
                "This Switchboard wants its token. Open the address with ?token=… that it printed when it started, or send"
                        + " the header \"Authorization: Bearer …\" with the token.");
        return false;
    }

    /** The raw path is compared, so that no two readings of one path can differ. */
    private boolean isOpen(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        return path.startsWith(context) && open.contains(path.substring(context.length()));
    }

    private void answer(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        byte[] body =
                json.writeValueAsBytes(new Problem("about:blank", status.getReasonPhrase(), status.value(), detail));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** RFC 9457. */
    private record Problem(String type, String title, int status, String detail) {}
}
