package dev.switchboard.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that cookies are made with. Without it whoever guesses tokens could make the cookie of each guess, and
 * cookies are not slowed. Immutable.
 *
 * <p>It is kept beside what else is kept, readable by the owner alone, so that a browser need not show its token again
 * after a restart. To delete the file ends what was handed out.
 */
final class CookieKey {

    static final String FILE = "cookie.key";

    private static final Logger log = LoggerFactory.getLogger(CookieKey.class);

    /** RFC 2104 section 3: as long as what the hash gives. */
    private static final int BYTES = 32;

    private final byte[] bytes;

    private CookieKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static CookieKey ofThisRun() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new CookieKey(bytes);
    }

    /** The one that is kept there, made at the first time; one of this run, and a warning, where none can be kept. */
    static CookieKey keptIn(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            if (Files.isRegularFile(file) && Files.size(file) == BYTES) {
                return new CookieKey(Files.readAllBytes(file));
            }
            CookieKey fresh = ofThisRun();
            fresh.write(file);
            return fresh;
        } catch (IOException e) {
            log.warn(
                    "{} can't be kept ({}): after a restart browsers have to show their token again",
                    file,
                    e.toString());
            return ofThisRun();
        }
    }

    private void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CookieKey";
    }
}
