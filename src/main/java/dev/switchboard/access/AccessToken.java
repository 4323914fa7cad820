package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a caller has to know. Browsers keep a cookie that only proves that the token was known, so that the token can't
 * be read from where they keep it, nor be tried through it: it is of this run, for whoever could make cookies would
 * guess tokens with nothing to slow them. Immutable; compares in constant time.
 */
final class AccessToken {

    private static final int RANDOM_BYTES = 24;
    private static final byte[] KEY_OF_COOKIES = randomBytes(32);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String text;
    private final boolean random;
    private final String cookie;

    private AccessToken(String text, boolean random) {
        this.text = text;
        this.random = random;
        this.cookie = BASE64URL.encodeToString(hmac(KEY_OF_COOKIES, text));
    }

    static AccessToken of(String text) {
        return new AccessToken(text, false);
    }

    static AccessToken random() {
        return new AccessToken(BASE64URL.encodeToString(randomBytes(RANDOM_BYTES)), true);
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    boolean isToken(String presented) {
        return same(text, presented);
    }

    boolean isCookie(String presented) {
        return same(cookie, presented);
    }

    private static boolean same(String expected, String presented) {
        return MessageDigest.isEqual(presented.getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    /** Whether we made it, and so have to tell it to someone. */
    boolean isRandom() {
        return random;
    }

    String text() {
        return text;
    }

    String cookie() {
        return cookie;
    }

    @Override
    public String toString() {
        return "AccessToken[" + (random ? "random" : "given") + "]";
    }
}
