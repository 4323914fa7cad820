package dev.switchboard.framing;

/**
 * One payload, made ready to be sent: {@code header} bytes of framing, the payload, {@code trailer} bytes of framing.
 *
 * @param wire all the bytes that go to the socket; not copied, so nobody changes them. May be the array of the payload
 * @param header how many of the first bytes belong to the framing
 * @param trailer how many of the last bytes belong to the framing
 */
public record Framed(byte[] wire, int header, int trailer) {

    static Framed of(byte[] header, byte[] payload, byte[] trailer) {
        byte[] wire = new byte[header.length + payload.length + trailer.length];
        System.arraycopy(header, 0, wire, 0, header.length);
        System.arraycopy(payload, 0, wire, header.length, payload.length);
        System.arraycopy(trailer, 0, wire, header.length + payload.length, trailer.length);
        return new Framed(wire, header.length, trailer.length);
    }
}
