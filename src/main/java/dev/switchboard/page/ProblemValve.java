package dev.switchboard.page;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says as problem+json what Tomcat refuses before any of our code sees it, such as a path with an encoded slash, and
 * what Tomcat else would make a page of HTML of.
 */
final class ProblemValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

    private final JsonMapper json;

    ProblemValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemDetail problem = ProblemDetail.forStatus(status);
            problem.setType(ProblemTypes.DEFAULT);
            problem.setDetail(detail(status, response.getMessage()));
            byte[] body = json.writeValueAsBytes(problem);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("who asked left: {}", e.toString());
        } catch (Throwable e) {
            ExceptionUtils.handleThrowable(e);
            log.error("a problem could not be told", e);
        }
    }

    /** Tomcat's reasons speak of the request while that is at fault, and of our inside otherwise. */
    private static String detail(int status, @Nullable String reason) {
        if (status >= 500) {
            return "Something went wrong here that should not; the log says what.";
        }
        return reason == null || reason.isBlank() ? "The request can't be read as HTTP (RFC 9112)." : reason;
    }
}
