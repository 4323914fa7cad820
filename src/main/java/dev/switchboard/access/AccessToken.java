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
 * be read from where they keep it. Immutable; compares in constant time.
 */
final class AccessToken {

    private static final int RANDOM_BYTES = 24;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String text;
    private final boolean random;
    private final String cookie;

    private AccessToken(String text, boolean random) {
        this.text = text;
        this.random = random;
        this.cookie = BASE64URL.encodeToString(hmac(text, "switchboard cookie"));
    }

    static AccessToken of(String text) {
        return new AccessToken(text, false);
    }

    static AccessToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AccessToken(BASE64URL.encodeToString(bytes), true);
    }

    private static byte[] hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
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
