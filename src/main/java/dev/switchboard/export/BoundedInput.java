package dev.switchboard.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Throws {@link BoundedInput.OverException} where there is more than may be; remembers whether reading itself failed.
 */
final class BoundedInput extends FilterInputStream {

    private final long most;
    private long read;
    private boolean failed;

    BoundedInput(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** There is more than may be. */
    static final class OverException extends IOException {

        private static final long serialVersionUID = 1L;

        private OverException(long most) {
            super("there are more than " + most + " bytes");
        }
    }

    /** Whether the sender failed us, and not what was sent. */
    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(target, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
        read += Math.max(0, count);
        if (read > most) {
            throw new OverException(most);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 4096)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
