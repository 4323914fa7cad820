package dev.switchboard.endpoint;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/** The kernel's reasons, in words a person can act on. */
final class Reasons {

    private Reasons() {}

    /** Why bytes could not be sent. */
    static String ofSending(Exception reason) {
        return String.valueOf(reason.getMessage()).contains("ermission denied")
                ? "the system does not allow sending there; broadcasting is not supported yet"
                : of(reason);
    }

    /** Why a socket could not be bound or connected. */
    static String of(Exception reason) {
        String message = String.valueOf(reason.getMessage());
        return switch (reason) {
            case UnknownHostException e -> "there is no host of that name";
            case UnresolvedAddressException e -> "there is no host of that name";
            case UnsupportedAddressTypeException e -> "it is an address of the other family: IPv4 and IPv6 don't mix";
            case UnsupportedOperationException e -> "this machine has no addresses of that family";
            case BindException e
            when message.contains("in use") -> "address already in use. Choose another port, or 0 for any free one";
            case BindException e
            when message.contains("assign") ->
                "this machine does not have that address. Use 127.0.0.1, or 0.0.0.0 for all it has";
            case BindException e
            when message.contains("ermission") ->
                "permission denied. Choose a port from 1024 up, or run with the right to bind lower ones";
            case ConnectException e when message.contains("refused") -> "connection refused: nobody listens there";
            case NoRouteToHostException e -> "no route to that host";
            case Exception e
            when message.contains("ermission denied") ->
                "permission denied. Choose a port from 1024 up, or run with the right to bind lower ones";
            default -> message;
        };
    }
}
