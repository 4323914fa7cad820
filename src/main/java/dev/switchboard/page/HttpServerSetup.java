package dev.switchboard.page;

import dev.switchboard.endpoint.Descriptors;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat has to do otherwise than it would, on the port of the page and on a management port of its own. Called
 * after Spring Boot's own setups, so that our words for errors come before its.
 */
final class HttpServerSetup implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private final JsonMapper json;

    HttpServerSetup(JsonMapper json) {
        this.json = json;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new TomcatErrors(json)));
        // Around all else, so that the answer is whole by then.
        factory.addEngineValves(new LeftOverBodies());
        // A body is a body, whatever it calls itself: a form is what curl says of any file unless told otherwise.
        factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
        factory.addConnectorCustomizers(HttpServerSetup::leaveDescriptors);
    }

    /** However many ask, descriptors are left for who listens and for history; others wait until one has gone. */
    private static void leaveDescriptors(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setMaxConnections(Math.min(protocol.getMaxConnections(), Descriptors.forHttp()));
        }
    }
}
