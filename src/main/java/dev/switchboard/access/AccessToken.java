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
 * be read from where they keep it, nor be tried through it. Immutable; compares in constant time.
 */
final class AccessToken {

    private static final int RANDOM_BYTES = 24;

    /** In characters; NIST SP 800-63B-4 section 3.1.1.2 wants 15 where nothing else has to be known. */
    static final int HARD_TO_GUESS = 15;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String text;
    private final boolean random;
    private final String cookie;

    private AccessToken(String text, boolean random, CookieKey key) {
        this.text = text;
        this.random = random;
        this.cookie = BASE64URL.encodeToString(hmac(key.bytes(), text));
    }

    static AccessToken of(String text, CookieKey key) {
        return new AccessToken(text, false, key);
    }

    static AccessToken random(CookieKey key) {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AccessToken(BASE64URL.encodeToString(bytes), true, key);
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

    /** Whether it is set and so short that patience may find it. */
    boolean isShort() {
        return text.length() < HARD_TO_GUESS;
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
