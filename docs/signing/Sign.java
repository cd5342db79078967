// Sign.sign(secret, "web", Instant.now().getEpochSecond() + 3600, "p/chair.jpg", List.of(Map.entry("width", "800")))
// gives path and query; put "https://" and the host before it. Parameters by their full names, in the order of the table
// in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class Sign {
    static String sign(String secret, String kid, long exp, String key, List<Map.Entry<String, String>> parameters)
            throws GeneralSecurityException {
        String text = "fovea1\n" + tilde(key) + "\n" + join(parameters, Sign::tilde) + "\n" + exp + "\n" + kid;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String sig = Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        String query = parameters.isEmpty() ? "" : join(parameters, Sign::percent) + "&";
        return "/" + percent(key) + "?" + query + "exp=" + exp + "&kid=" + kid + "&sig=" + sig;
    }

    private static String join(List<Map.Entry<String, String>> parameters, UnaryOperator<String> encode) {
        return parameters.stream()
                .map(pair -> pair.getKey() + "=" + encode.apply(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20").replace("*", "%2A").replace("%7E", "~").replace("%2F", "/");
    }

    private static String tilde(String text) {
        return percent(text).replace("~", "%7E").replace("%", "~");
    }
}
