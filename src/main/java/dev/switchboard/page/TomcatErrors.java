package dev.switchboard.page;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses before it looks for whom it is for, as problem+json: requests that are no HTTP, paths that can be
 * read in two ways. Else it would say so with a page of HTML.
 */
final class TomcatErrors extends ErrorReportValve {

    private final JsonMapper json;

    TomcatErrors(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, OtherErrors.detail(status));
        problem.setType(ProblemTypes.DEFAULT);
        try {
            byte[] body = json.writeValueAsBytes(problem);
            SecurityHeaders.ofData(response);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // Whoever asked is gone, or has an answer.
        }
    }
}
