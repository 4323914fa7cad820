package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class UnknownParametersTest {

    private final UnknownParameters interceptor = new UnknownParameters();

    @Test
    void refusesAParameterThatTheCallDoesNotHaveAndNamesThoseItHas() throws Exception {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> handle("list", "endpont"))
                .satisfies(refused -> assertThat(refused.getBody().getDetail())
                        .isEqualTo("endpont: is not a parameter of this call; known here: endpoint, limit"));
    }

    @Test
    void letsPassWhatTheCallHas() throws Exception {
        assertThat(handle("list", "endpoint")).isTrue();
    }

    @Test
    void leavesCallsAloneThatLookAfterTheirParametersThemselves() throws Exception {
        assertThat(handle("own", "anything")).isTrue();
    }

    @Test
    void refusesNamesThatSpringWouldTakeApartWhoeverLooksAfterThem() {
        for (String name : new String[] {"direction.x", "direction[0]", "direction../x"}) {
            assertThatExceptionOfType(ErrorResponseException.class)
                    .isThrownBy(() -> handle("own", name))
                    .satisfies(refused -> assertThat(refused.getBody().getDetail())
                            .isEqualTo(name + ": is not a parameter of this call"));
        }
    }

    private boolean handle(String method, String parameter) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addParameter(parameter, "x");
        Class<?>[] types = method.equals("own")
                ? new Class<?>[] {HttpServletRequest.class}
                : new Class<?>[] {String.class, int.class};
        HandlerMethod handler = new HandlerMethod(new Calls(), Calls.class.getDeclaredMethod(method, types));
        return interceptor.preHandle(request, new MockHttpServletResponse(), handler);
    }

    @SuppressWarnings("unused")
    private static final class Calls {

        void list(@RequestParam String endpoint, @RequestParam int limit) {}

        void own(HttpServletRequest request) {}
    }
}
