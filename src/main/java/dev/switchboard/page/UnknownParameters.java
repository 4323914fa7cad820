package dev.switchboard.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a call of the API does not have: a filter with a typo in its name would silently match
 * everything. Calls that take the request itself look after their parameters themselves.
 */
final class UnknownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            List<String> known = new ArrayList<>();
            for (MethodParameter parameter : method.getMethodParameters()) {
                if (parameter.getParameterType() == HttpServletRequest.class) {
                    refusePaths(request);
                    return true;
                }
                if (parameter.hasParameterAnnotation(RequestParam.class)) {
                    known.add(String.valueOf(parameter.getParameter().getName()));
                }
            }
            request.getParameterMap().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(name -> refuse(name, known));
        }
        return true;
    }

    /** Spring would take such a name for a way into the value of another parameter, and fail before the call begins. */
    private static void refusePaths(HttpServletRequest request) {
        request.getParameterMap().keySet().stream()
                .filter(name -> name.contains(".") || name.contains("["))
                .findFirst()
                .ifPresent(name -> refuse(name, "is not a parameter of this call"));
    }

    private static void refuse(String name, List<String> known) {
        refuse(
                name,
                "is not a parameter of this call; "
                        + (known.isEmpty() ? "there are none" : "known here: " + String.join(", ", known)));
    }

    private static void refuse(String name, String message) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, name + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", name, "message", message)));
        throw new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }
}
