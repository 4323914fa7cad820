package dev.switchboard.access;

import dev.switchboard.access.TokenCheck.TooManyTriesException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import tools.jackson.databind.json.JsonMapper;

/** Says as problem+json (RFC 9457) why a request gets no further than the door, and what would. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    /** Nobody knows who asks. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException {
        if (unknown instanceof TooManyTriesException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            answer(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many wrong tokens came from your address. Try again in " + tooMany.seconds() + " s.");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        answer(
                response,
                HttpStatus.UNAUTHORIZED,
                "This Switchboard wants its token. Open the address with ?token=… that it printed when it started, or send"
                        + " the header \"Authorization: Bearer …\" with the token.");
    }

    /** It is known who asks, and that they may not. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        answer(
                response,
                HttpStatus.FORBIDDEN,
                "This token may only look (%s). What changes or sends anything takes the operator's token (%s)."
                        .formatted(AccessProperties.VIEWER_TOKEN, AccessProperties.TOKEN));
    }

    /** No reading of the request is safe. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        answer(
                response,
                HttpStatus.BAD_REQUEST,
                "No address, header or method of a call here is written like this. " + rejected.getMessage());
    }

    void answer(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        byte[] body =
                json.writeValueAsBytes(new Problem("about:blank", status.getReasonPhrase(), status.value(), detail));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private record Problem(String type, String title, int status, String detail) {}
}
