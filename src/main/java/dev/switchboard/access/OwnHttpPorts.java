package dev.switchboard.access;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * The ports on which this process itself answers HTTP. A port that was left to the kernel (0) is known from the moment
 * on which the server listens. Written by the thread that starts the application, read by any.
 */
final class OwnHttpPorts implements ApplicationListener<WebServerInitializedEvent> {

    private final Set<Integer> ports = new CopyOnWriteArraySet<>();

    /** @param configured the port the server is going to have; 0 or less when that is not known yet */
    OwnHttpPorts(int configured) {
        if (configured > 0) {
            ports.add(configured);
        }
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        ports.add(event.getWebServer().getPort());
    }

    boolean include(InetAddress address, int port) {
        return ports.contains(port) && isThisMachine(address);
    }

    private static boolean isThisMachine(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // The interfaces can't be read: then better refuse a stranger's port of the same number.
            return true;
        }
    }
}
