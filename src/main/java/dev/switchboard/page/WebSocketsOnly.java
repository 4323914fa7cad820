package dev.switchboard.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Says what is at the address of a WebSocket to who asks for something else there (RFC 9110 section 15.5.22). */
final class WebSocketsOnly extends OncePerRequestFilter {

    private static final String WEBSOCKET = "websocket";
    private static final String SEC_WEBSOCKET_VERSION = "Sec-WebSocket-Version";
    private static final String VERSION = "13";

    private final JsonMapper json;

    WebSocketsOnly(JsonMapper json) {
        this.json = json;
    }

    /** RFC 6455 section 4.2.1. What the key is worth is found out by who makes the answer of it. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && WEBSOCKET.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && Collections.list(request.getHeaders(HttpHeaders.CONNECTION)).stream()
                        .flatMap(header -> Stream.of(header.split(",")))
                        .anyMatch(option -> HttpHeaders.UPGRADE.equalsIgnoreCase(option.strip()))
                && VERSION.equals(request.getHeader(SEC_WEBSOCKET_VERSION))
                && request.getHeader("Sec-WebSocket-Key") != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UPGRADE_REQUIRED,
                "This is the address of a WebSocket: open it with one, as new WebSocket(…) or websocat do.");
        problem.setType(ProblemTypes.DEFAULT);
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(HttpStatus.UPGRADE_REQUIRED.value());
        response.setHeader(HttpHeaders.UPGRADE, WEBSOCKET);
        response.setHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        response.setHeader(SEC_WEBSOCKET_VERSION, VERSION);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
