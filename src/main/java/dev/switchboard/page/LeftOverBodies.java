package dev.switchboard.page;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Ends what nobody reads. A request that was refused may still have a body on its way, for whose next byte Tomcat would
 * wait twenty seconds each time, so that whoever is not even let in could keep a thread and a connection for days. What
 * comes soon is still taken: who is still sending when the connection goes may never see the answer.
 */
final class LeftOverBodies extends ValveBase {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST = 2 << 20;

    LeftOverBodies() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        boolean over = !request.isAsync() && response.getStatus() >= 200;
        if (over && !request.isFinished()) {
            response.finishResponse();
            takeWhatComesSoon(request);
            if (!request.isFinished()) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** From the connector itself, for the request's stream is closed by now. */
    private static void takeWhatComesSoon(Request request) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Discarded discarded = new Discarded();
        try {
            int left = MOST;
            while (left > 0 && !request.isFinished() && System.nanoTime() - end < 0) {
                left -= Math.max(0, request.getCoyoteRequest().doRead(discarded));
            }
        } catch (IOException e) {
            // It will not come any more.
        }
    }

    private static final class Discarded implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            buffer = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
