package dev.switchboard.page;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What goes wrong outside of all controllers, in a filter or in what Tomcat does itself, as problem+json too. What
 * exactly it was stays in the log.
 */
@RestController
@Hidden
final class OtherErrors implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request, HttpServletResponse response) {
        // Some errors come here without having passed the filters.
        SecurityHeaders.ofData(response);
        HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        // Both are said: what the request accepts, or its address, in which Spring would look for a file's name, may be
        // what is wrong with it.
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .body(ProblemDetail.forStatusAndDetail(status, detail(status)));
    }

    /** Who comes here without an error finds nothing. */
    private static HttpStatus status(@Nullable Object code) {
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }

    static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST ->
                "The request can't be read: see that its address is a URI (a % is written %25), and that its headers and the length of its body are right.";
            case NOT_FOUND -> "There is nothing here.";
            case METHOD_NOT_ALLOWED -> "This can't be done with that method.";
            default ->
                status == HttpStatus.INTERNAL_SERVER_ERROR
                        ? "Something went wrong here that should not; the log says what."
                        : status.getReasonPhrase() + ".";
        };
    }
}
